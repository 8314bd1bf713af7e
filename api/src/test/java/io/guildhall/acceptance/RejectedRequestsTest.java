package io.guildhall.acceptance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** Requests that something in front of the routes refuses: each counts for its network address, and none is logged. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "needs a loopback address that no other test uses")
class RejectedRequestsTest extends AcceptanceTestBase {

    private static final String FROM = "127.0.0.79";
    private static final String END = " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n";
    private static final String BODY = END + "Content-Type: application/json\r\nContent-Length: 7\r\n\r\n{\"a\":1}";
    private static final Pattern REMAINING = Pattern.compile("x-ratelimit-remaining: (\\d+)");

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        root().addAppender(log);
    }

    @AfterEach
    void endListening() {
        root().detachAppender(log);
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    static Stream<Arguments> requests() {
        return Stream.of(
                Arguments.of(400, "POST //x" + BODY),
                Arguments.of(400, "GET //x" + END + "\r\n"),
                Arguments.of(400, "POST /v1;a=b/x" + BODY),
                Arguments.of(400, "POST /v1/%2e%2e/x" + BODY),
                Arguments.of(400, "POST /v1/%00/x" + BODY),
                Arguments.of(400, "GET /v1/[x]" + END + "\r\n"),
                Arguments.of(400, "GET /v1/%zz" + END + "\r\n"),
                Arguments.of(400, "FOO /v1/account/profile" + BODY),
                Arguments.of(400, "A".repeat(3_000) + " /v1/account/profile" + END + "\r\n"),
                Arguments.of(405, "TRACE /v1/account/profile" + END + "\r\n"),
                Arguments.of(400, "GET /v1/account/profile" + END + "X-A: a\u0001b\r\n\r\n"),
                Arguments.of(400, "GET / HTTP/1.1\r\nHost: a b\r\n\r\n"),
                Arguments.of(400, "GET / HTTP/1.1\r\n\r\n"),
                Arguments.of(400, "NONSENSE\r\n\r\n"),
                Arguments.of(505, "GET / HTTP/3.7\r\nHost: a\r\n\r\n"),
                Arguments.of(431, "GET /" + END + "X-A: " + "a".repeat(20_000) + "\r\n\r\n"),
                Arguments.of(414, "GET /" + "a".repeat(20_000) + END + "\r\n"),
                Arguments.of(
                        415, "POST /v1/account/login" + END + "Content-Encoding: gzip\r\nContent-Length: 1\r\n\r\nx"),
                Arguments.of(
                        413,
                        "POST /v1/account/login" + END + "Content-Length: 3000000\r\n\r\n" + "x".repeat(3_000_000)),
                Arguments.of(
                        400,
                        "POST /v1/account/login" + END
                                + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"),
                Arguments.of(400, "POST //x" + END + "Transfer-Encoding: chunked\r\n\r\nzz\r\n"),
                Arguments.of(417, "POST /v1/account/login" + END + "Expect: x\r\nContent-Length: 2\r\n\r\n{}"),
                Arguments.of(401, "GET /actuator/prometheus" + END + "Authorization: Bearer x\r\n\r\n"),
                Arguments.of(404, "GET /v1/nowhere" + END + "\r\n"));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void countsAndLogsNothing(int status, String request) throws Exception {
        int before = remaining();

        String answer = send(request);

        assertThat(answer).startsWith("HTTP/1.1 " + status);
        // Tomcat tells of a request a moment after its answer. Each look counts as well.
        int looks = 1;
        while (before - remaining() < looks + 1 && looks < 50) {
            looks++;
            Thread.sleep(20);
        }
        assertThat(looks).as("looks until the request was counted").isLessThan(50);
        assertThat(log.list).extracting(ILoggingEvent::getFormattedMessage).isEmpty();
    }

    /** Itself counts as one. */
    private int remaining() throws IOException {
        Matcher remaining = REMAINING.matcher(send("GET /v1/account/profile" + END + "\r\n"));
        assertThat(remaining.find()).isTrue();
        return Integer.parseInt(remaining.group(1));
    }

    private String send(String request) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), client.base().getPort(), InetAddress.getByName(FROM), 0)) {
            socket.setSoTimeout(10_000);
            try {
                socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            } catch (IOException e) {
                // Refused before it was whole.
            }
            byte[] answer = socket.getInputStream().readNBytes(4_000);
            return new String(answer, ISO_8859_1);
        }
    }
}
