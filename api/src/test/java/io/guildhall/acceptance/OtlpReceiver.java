package io.guildhall.acceptance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A receiver of traces, as collectors are: OTLP in protocol buffers, over HTTP. Fields are numbered as its definition numbers them. */
final class OtlpReceiver implements AutoCloseable {

    /**
     * One span.
     *
     * @param parent the id of the span that it is part of; empty for the first of a trace
     */
    record Span(String trace, String id, String parent, String name, Map<String, String> attributes) {}

    private final HttpServer server;
    private final List<Span> otlpReceiver = new CopyOnWriteArrayList<>();
    private final List<String> received = new CopyOnWriteArrayList<>();

    OtlpReceiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/v1/traces", this::receive);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    String endpoint() {
        return "http://localhost:%d/v1/traces".formatted(server.getAddress().getPort());
    }

    List<Span> all() {
        return List.copyOf(otlpReceiver);
    }

    /** Everything that was sent, spans and whatever came with them, each byte a character. */
    List<String> received() {
        return List.copyOf(received);
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            received.add(new String(body, ISO_8859_1));
            for (UnknownFieldSet resource : messages(UnknownFieldSet.parseFrom(body), 1)) {
                for (UnknownFieldSet scope : messages(resource, 2)) {
                    messages(scope, 2).forEach(span -> otlpReceiver.add(span(span)));
                }
            }
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private static Span span(UnknownFieldSet span) {
        Map<String, String> attributes = new TreeMap<>();
        for (UnknownFieldSet attribute : messages(span, 9)) {
            attributes.put(text(attribute, 1), text(messages(attribute, 2).getFirst(), 1));
        }
        return new Span(hex(span, 1), hex(span, 2), hex(span, 4), text(span, 5), attributes);
    }

    private static List<UnknownFieldSet> messages(UnknownFieldSet message, int field) {
        return message.getField(field).getLengthDelimitedList().stream()
                .map(OtlpReceiver::parse)
                .toList();
    }

    private static UnknownFieldSet parse(ByteString bytes) {
        try {
            return UnknownFieldSet.parseFrom(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ByteString bytes(UnknownFieldSet message, int field) {
        List<ByteString> values = message.getField(field).getLengthDelimitedList();
        return values.isEmpty() ? ByteString.EMPTY : values.getFirst();
    }

    private static String text(UnknownFieldSet message, int field) {
        return bytes(message, field).toString(UTF_8);
    }

    private static String hex(UnknownFieldSet message, int field) {
        return HexFormat.of().formatHex(bytes(message, field).toByteArray());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
