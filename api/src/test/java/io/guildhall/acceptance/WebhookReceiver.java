package io.guildhall.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Receives webhooks' messages, under each path as it is told to. */
final class WebhookReceiver implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** What it does with a message, after it has been noted. */
    interface Answer {
        void to(HttpExchange exchange, int nth) throws IOException;
    }

    /** One attempt as it came in. */
    record Received(String id, String timestamp, String signatures, String body) {

        JsonNode json() {
            return JsonMapper.shared().readTree(body);
        }

        String type() {
            return json().at("/type").stringValue();
        }

        /** By the specification's algorithm. */
        boolean isSignedBy(String secret) {
            try {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(
                        Base64.getDecoder().decode(secret.replaceFirst("^whsec_", "")), "HmacSHA256"));
                String expected = Base64.getEncoder()
                        .encodeToString(mac.doFinal((id + "." + timestamp + "." + body).getBytes(UTF_8)));
                return Stream.of(signatures.split(" ")).anyMatch(("v1," + expected)::equals);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    static final Answer WELL = (exchange, nth) -> answer(exchange, 204);

    /** Says nothing until the other side is gone. */
    static final Answer HANG = (exchange, nth) -> {
        synchronized (exchange) {
            try {
                exchange.wait(20_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    };

    private final HttpServer server;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final Map<String, List<Received>> received = new ConcurrentHashMap<>();

    WebhookReceiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    static void answer(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        var headers = exchange.getRequestHeaders();
        var one = new Received(
                headers.getFirst("webhook-id"),
                headers.getFirst("webhook-timestamp"),
                headers.getFirst("webhook-signature"),
                new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        List<Received> so = at(path);
        so.add(one);
        answers.getOrDefault(path, WELL).to(exchange, so.size());
    }

    String url(String path) {
        return "http://localhost:%d%s".formatted(server.getAddress().getPort(), path);
    }

    WebhookReceiver answers(String path, Answer answer) {
        answers.put(path, answer);
        return this;
    }

    /** All attempts so far. */
    List<Received> at(String path) {
        return received.computeIfAbsent(path, it -> new CopyOnWriteArrayList<>());
    }

    List<Received> awaitAt(String path, int count) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(at(path)).as(path).hasSizeGreaterThanOrEqualTo(count));
        return List.copyOf(at(path));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
