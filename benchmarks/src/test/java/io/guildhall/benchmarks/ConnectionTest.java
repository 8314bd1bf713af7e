package io.guildhall.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.guildhall.benchmarks.Connection.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionTest {

    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5_000, 100_000})
    void a_body_of_any_size_is_read_whole_with_a_length_and_in_chunks(int size) throws IOException {
        String text = "é".repeat(size);
        server.createContext("/length", exchange -> answer(exchange, text, false));
        server.createContext("/chunks", exchange -> answer(exchange, text, true));

        try (var connection = connect()) {
            for (int i = 0; i < 3; i++) {
                for (String path : new String[] {"/length", "/chunks"}) {
                    Reply reply = connection.exchange(Connection.request("GET", path, null, null));
                    assertThat(reply.status()).isEqualTo(200);
                    assertThat(reply.body()).isEqualTo(text);
                }
            }
        }
    }

    @Test
    void a_request_carries_its_token_and_body() throws IOException {
        server.createContext(
                "/echo",
                exchange -> answer(
                        exchange,
                        exchange.getRequestHeaders().getFirst("Authorization") + " "
                                + new String(exchange.getRequestBody().readAllBytes(), UTF_8),
                        false));

        try (var connection = connect()) {
            assertThat(connection
                            .exchange(Connection.request("POST", "/echo", "secret", "{\"name\":\"é\"}"))
                            .body())
                    .isEqualTo("Bearer secret {\"name\":\"é\"}");
        }
    }

    @Test
    void a_connection_that_the_service_closes_after_its_answer_is_opened_again() throws IOException {
        server.createContext("/once", exchange -> {
            exchange.getResponseHeaders().set("Connection", "close");
            answer(exchange, "done", false);
        });

        try (var connection = connect()) {
            for (int i = 0; i < 3; i++) {
                assertThat(connection
                                .exchange(Connection.request("GET", "/once", null, null))
                                .body())
                        .isEqualTo("done");
            }
        }
    }

    private Connection connect() {
        return new Connection(
                URI.create("http://localhost:" + server.getAddress().getPort()));
    }

    private static void answer(HttpExchange exchange, String text, boolean chunked) throws IOException {
        byte[] body = text.getBytes(UTF_8);
        exchange.sendResponseHeaders(200, chunked ? 0 : body.length == 0 ? -1 : body.length);
        try (var out = exchange.getResponseBody()) {
            for (int from = 0; from < body.length; from += 3_000) {
                out.write(body, from, Math.min(3_000, body.length - from));
                out.flush();
            }
        }
    }
}
