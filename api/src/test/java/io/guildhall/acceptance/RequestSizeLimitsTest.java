package io.guildhall.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is too much is refused in the contract's words, whoever of ours refuses it. */
class RequestSizeLimitsTest extends AcceptanceTestBase {

    private static final String LOGIN = "POST /v1/account/login HTTP/1.1\r\n";
    private static final String HOST = "Host: localhost\r\n";
    private static final String JSON = "Content-Type: application/json\r\n";
    private static final int BOMB = 64 << 20;

    @TestFactory
    Stream<DynamicTest> isRefused() {
        return Stream.of(
                refusal("a long header", 431, "headers-too-large", "GET / HTTP/1.1\r\n" + HOST + header(20_000)),
                refusal(
                        "a long header before the host",
                        431,
                        "headers-too-large",
                        "GET / HTTP/1.1\r\n" + header(20_000) + HOST),
                refusal(
                        "many headers",
                        431,
                        "headers-too-large",
                        "GET / HTTP/1.1\r\n" + HOST + header(10).repeat(400)),
                refusal("a long path", 414, "address-too-long", "GET /" + "x".repeat(20_000) + " HTTP/1.1\r\n" + HOST),
                refusal(
                        "a long query",
                        414,
                        "address-too-long",
                        "GET /?q=" + "x".repeat(200_000) + " HTTP/1.1\r\n" + HOST),
                refusal("a long body", 413, "body-too-large", LOGIN + HOST + JSON + "Content-Length: 9000000\r\n"),
                refusal(
                        "a body of which nothing may be read first",
                        413,
                        "body-too-large",
                        LOGIN + HOST + JSON + "Expect: 100-continue\r\nContent-Length: 9000000\r\n"));
    }

    private DynamicTest refusal(String what, int status, String type, String head) {
        return dynamicTest(what, () -> {
            Answer answer = send((head + "Connection: close\r\n\r\n").getBytes(UTF_8), new byte[9_000_000]);
            assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
            assertIsProblem(answer, type);
        });
    }

    private static String header(int length) {
        return "X-Much: " + "x".repeat(length) + "\r\n";
    }

    /** 64 kB that would be 64 MB. */
    @Test
    void aPackedBodyIsNotUnpacked() throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (OutputStream packing = new GZIPOutputStream(bytes)) {
            packing.write("{\"email\":\"".getBytes(UTF_8));
            packing.write(new byte[BOMB]);
        }
        Answer answer = send(
                (LOGIN + HOST + JSON + "Content-Encoding: gzip\r\nConnection: close\r\nContent-Length: %d\r\n\r\n")
                        .formatted(bytes.size())
                        .getBytes(UTF_8),
                bytes.toByteArray());

        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.head()).contains("Accept-Encoding: identity");
        assertIsProblem(answer, "body-compressed");
    }

    @Test
    void whatIsNestedTooDeeplySaysSo() {
        Reply refused = client.post("/v1/account/login", "{\"more\":" + "[".repeat(2000) + "]".repeat(2000) + "}")
                .refused(400);

        assertThat(refused.message()).contains("nested too deeply");
        assertThat(refused.fields()).containsExactly("body");
    }

    private static void assertIsProblem(Answer answer, String type) {
        // All of it is one JSON object, and there is nothing behind it.
        JsonNode problem = JsonMapper.shared().readTree(answer.body());
        assertThat(problem.path("status").intValue()).isEqualTo(answer.status());
        assertThat(problem.path("code").asString()).isEqualTo("invalid_argument");
        assertThat(problem.path("type").asString()).isEqualTo("/problems/" + type);
        assertThat(problem.path("message").asString()).isNotEmpty();
        assertThat(answer.head()).contains("Content-Type: application/json", "X-Request-Id: ");
    }

    private record Answer(String head, String body) {

        int status() {
            return Integer.parseInt(head.split(" ", 3)[1]);
        }
    }

    /** Sends the body as far as it is wanted, once the server has had a moment to refuse. */
    private Answer send(byte[] head, byte[] body) throws IOException {
        try (Socket socket = new Socket("localhost", client.base().getPort())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(head);
            Thread.ofVirtual().start(() -> {
                try {
                    socket.getOutputStream().write(body);
                } catch (IOException unwanted) {
                    // As it should be.
                }
            });
            var read = new ByteArrayOutputStream();
            try {
                socket.getInputStream().transferTo(read);
            } catch (SocketException reset) {
                // After the answer, as some of the request was never read.
            }
            String all = read.toString(UTF_8).replaceFirst("^HTTP/1.1 100 *\r\n\r\n", "");
            int end = all.indexOf("\r\n\r\n");
            assertThat(end).as("an answer: " + all).isPositive();
            return new Answer(all.substring(0, end), all.substring(end + 4));
        }
    }
}
