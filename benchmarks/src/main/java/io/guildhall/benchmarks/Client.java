package io.guildhall.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.guildhall.benchmarks.Connection.Reply;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Speaks the service's JSON over one connection; for one thread. Whatever is not done is an error. */
final class Client implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    private final Connection connection;

    Client(URI service) {
        connection = new Connection(service);
    }

    JsonNode get(String path, @Nullable String token) throws IOException {
        return read(send(Connection.request("GET", path, token, null)));
    }

    JsonNode post(String path, @Nullable String token, Map<String, ?> body) throws IOException {
        return read(send(Connection.request("POST", path, token, JSON.writeValueAsString(body))));
    }

    JsonNode patch(String path, @Nullable String token, Map<String, ?> body) throws IOException {
        return read(send(Connection.request("PATCH", path, token, JSON.writeValueAsString(body))));
    }

    /** A request made by {@link Connection#request}. */
    Reply send(byte[] request) throws IOException {
        Reply reply = connection.exchange(request);
        if (reply.status() / 100 != 2) {
            String line = new String(request, US_ASCII).lines().findFirst().orElse("");
            throw new IOException("%s was answered %d %s".formatted(line, reply.status(), reply.body()));
        }
        return reply;
    }

    static JsonNode read(Reply reply) {
        return JSON.readTree(reply.buffer(), reply.from(), reply.length());
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
