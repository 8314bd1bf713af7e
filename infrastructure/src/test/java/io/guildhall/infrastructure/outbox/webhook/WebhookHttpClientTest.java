package io.guildhall.infrastructure.outbox.webhook;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.infrastructure.outbox.webhook.WebhookHttpClient.Attempt;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against receivers that say whatever they like, byte by byte. */
class WebhookHttpClientTest {

    private static final byte[] BODY = "{}".getBytes(UTF_8);

    private final WebhookHttpClient client = client(true);
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final ServerSocket receiver = listen();

    private static WebhookHttpClient client(boolean allowPrivate) {
        WebhookProperties properties = WebhookTestProperties.properties(allowPrivate);
        return new WebhookHttpClient(new SsrfSafeDnsResolver(properties), properties, Clock.systemUTC());
    }

    private static ServerSocket listen() {
        try {
            return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void end() throws IOException {
        receiver.close();
        client.destroy();
    }

    interface Talk {
        void to(OutputStream out) throws IOException;
    }

    /** Reads the request's head and first bytes, and then talks. */
    private void receiverThat(Talk talk) {
        Thread.ofVirtual().start(() -> {
            while (!receiver.isClosed()) {
                try {
                    Socket socket = receiver.accept();
                    Thread.ofVirtual().start(() -> answer(socket, talk));
                } catch (IOException e) {
                    return;
                }
            }
        });
    }

    private void answer(Socket socket, Talk talk) {
        try (socket) {
            InputStream in = socket.getInputStream();
            StringBuilder request = new StringBuilder();
            while (!request.toString().endsWith("\r\n\r\n{}")) {
                int next = in.read();
                if (next < 0) {
                    return;
                }
                request.append((char) next);
            }
            heard.add(request.toString());
            talk.to(socket.getOutputStream());
            socket.getOutputStream().flush();
        } catch (IOException e) {
            heard.add("gone");
        }
    }

    private static void say(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(ISO_8859_1));
        out.flush();
    }

    private Attempt post() {
        return post(client);
    }

    private Attempt post(WebhookHttpClient by) {
        return by.post(
                URI.create("http://localhost:%d/in?key=1".formatted(receiver.getLocalPort())),
                Map.of("webhook-id", "msg_1"),
                BODY);
    }

    @Test
    void carriesTheMessage() {
        receiverThat(out -> say(out, "HTTP/1.1 204 No Content\r\n\r\n"));

        assertThat(post()).isEqualTo(new Attempt(204, null));
        assertThat(heard)
                .singleElement()
                .asString()
                .startsWith("POST /in?key=1 HTTP/1.1\r\n")
                .containsIgnoringCase("webhook-id: msg_1\r\n")
                .containsIgnoringCase("Content-Type: application/json")
                .containsIgnoringCase("User-Agent: Guildhall-Webhooks");
    }

    @Test
    void takesAnyAnswerThatIsWhole() {
        receiverThat(out -> say(out, "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n\0gar{[]"));
        assertThat(post()).isEqualTo(new Attempt(200, null));
    }

    @Test
    void takesTheStatusForTheAnswerHoweverLongItsBodyIs() {
        receiverThat(out -> {
            say(out, "HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n");
            for (int i = 0; i < 1_000; i++) {
                out.write(new byte[64 * 1024]);
            }
        });
        assertThat(post()).isEqualTo(new Attempt(200, null));
    }

    @Test
    void takesTheStatusForTheAnswerWhereTheBodyEndsEarly() {
        receiverThat(out -> say(out, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort"));
        assertThat(post()).isEqualTo(new Attempt(200, null));
    }

    @ParameterizedTest
    @CsvSource({"120, 120", "0, ", "-5, ", "soon, ", "999999999, 86400", "'Mon, 01 Jan 2024 00:00:00 GMT', "})
    void understandsHowLongAReceiverAsksToBeLeftAlone(String header, @Nullable Long seconds) {
        receiverThat(
                out -> say(out, "HTTP/1.1 429 No\r\nRetry-After: %s\r\nContent-Length: 0\r\n\r\n".formatted(header)));
        assertThat(post()).isEqualTo(new Attempt(429, "refused", seconds == null ? null : Duration.ofSeconds(seconds)));
    }

    @Test
    void understandsADateUntilWhichAReceiverAsksToBeLeftAlone() {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).plusHours(1));
        receiverThat(
                out -> say(out, "HTTP/1.1 503 No\r\nRetry-After: %s\r\nContent-Length: 0\r\n\r\n".formatted(date)));
        assertThat(post().retryAfter()).isBetween(Duration.ofMinutes(59), Duration.ofMinutes(60));
    }

    @Test
    void takesNoAnswerThatIsNotHttp() {
        receiverThat(out -> say(out, "220 mail.example ESMTP\r\n\r\n\r\n"));
        assertThat(post().error()).isNotNull();
        assertThat(post().status()).isNull();
    }

    @Test
    void takesTheStatusForTheAnswerWhereItsBodyNeverEnds() {
        receiverThat(out -> {
            say(out, "HTTP/1.1 200 OK\r\n\r\n");
            for (int i = 0; i < 10_000; i++) {
                out.write(new byte[64 * 1024]);
            }
        });
        assertThat(post()).isEqualTo(new Attempt(200, null));
    }

    @Test
    void followsNoRedirect() {
        receiverThat(out -> say(out, "HTTP/1.1 307 T\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n"));
        assertThat(post()).isEqualTo(new Attempt(307, "redirect"));
        assertThat(heard).hasSize(1);
    }

    @Test
    void takesARefusalForOneWithoutTryingAgain() {
        receiverThat(out -> say(out, "HTTP/1.1 503 No\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n"));
        assertThat(post()).isEqualTo(new Attempt(503, "refused"));
        assertThat(heard).hasSize(1);
    }

    @Test
    void knowsWhoIsGone() {
        receiverThat(out -> say(out, "HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n"));
        assertThat(post().gone()).isTrue();
    }

    @Test
    void endsWithTheTimeWhereNothingIsSaid() throws Exception {
        Instant begun = Instant.now();
        assertThat(post()).isEqualTo(new Attempt(null, "timeout"));
        assertThat(Duration.between(begun, Instant.now())).isBetween(Duration.ofMillis(1_900), Duration.ofSeconds(20));
    }

    /** Each byte comes long before a socket's patience ends. */
    @Test
    void endsWithTheTimeWhereTheHeadOfTheAnswerDrips() {
        receiverThat(out -> {
            say(out, "HTTP/1.1 200 OK\r\nX-Long: ");
            Object pause = new Object();
            for (int i = 0; i < 1_000; i++) {
                synchronized (pause) {
                    try {
                        pause.wait(100);
                    } catch (InterruptedException e) {
                        return;
                    }
                }
                say(out, "x");
            }
        });
        Instant begun = Instant.now();
        assertThat(post().error()).isEqualTo("timeout");
        assertThat(Duration.between(begun, Instant.now())).isBetween(Duration.ofMillis(1_900), Duration.ofSeconds(20));
    }

    @Test
    void knocksAtNoDoorOfThisMachine() throws Exception {
        receiverThat(out -> say(out, "HTTP/1.1 204 No Content\r\n\r\n"));
        WebhookHttpClient careful = client(false);
        try {
            assertThat(post(careful)).isEqualTo(new Attempt(null, "no-public-address"));
            for (String host : List.of("127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0")) {
                URI url = URI.create("http://%s:%d/".formatted(host, receiver.getLocalPort()));
                assertThat(careful.post(url, Map.of(), BODY))
                        .as(host)
                        .isEqualTo(new Attempt(null, "no-public-address"));
            }
            assertThat(heard).isEmpty();
        } finally {
            careful.destroy();
        }
    }

    @Test
    void saysWhatItIsThatCannotBeReached() throws Exception {
        assertThat(client.post(URI.create("http://nobody.invalid/"), Map.of(), BODY))
                .isEqualTo(new Attempt(null, "no-public-address"));
        int port = receiver.getLocalPort();
        receiver.close();
        assertThat(client.post(URI.create("http://localhost:" + port), Map.of(), BODY))
                .isEqualTo(new Attempt(null, "no-connection"));
    }

    @Test
    void speaksTlsWhereTheAddressSaysSo() {
        receiverThat(out -> say(out, "HTTP/1.1 204 No Content\r\n\r\n"));
        Thread.ofVirtual().start(() -> {
            try (Socket socket = receiver.accept()) {
                say(socket.getOutputStream(), "HTTP/1.1 204 No Content\r\n\r\n");
            } catch (IOException e) {
                heard.add("gone");
            }
        });
        assertThat(client.post(URI.create("https://localhost:" + receiver.getLocalPort()), Map.of(), BODY)
                        .arrived())
                .isFalse();
    }
}
