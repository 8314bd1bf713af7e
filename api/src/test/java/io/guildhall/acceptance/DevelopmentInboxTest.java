package io.guildhall.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a developer without an SMTP server sees of the mails, and who sees nothing of them. */
class DevelopmentInboxTest extends AcceptanceTestBase {

    private static final JsonMapper JSON = JsonMapper.shared();

    @Test
    void showsAMailAndItsLink() {
        TestUser ada = client.newcomer();
        Mailbox.Letter letter = client.mailbox().link(ada.email(), Mailbox.VALIDATION);

        JsonNode mails =
                JSON.readTree(client.get("/development/inbox").ok().body()).path("mails");
        JsonNode found = mails.valueStream()
                .filter(mail -> mail.path("to").asString().equals(ada.email()))
                .findFirst()
                .orElseThrow();
        assertThat(found.path("subject").asString()).isEqualTo(letter.subject());
        assertThat(found.path("created_at").asString()).isNotEmpty();

        JsonNode mail = JSON.readTree(
                        client.get("/development/inbox/" + found.path("id").asString())
                                .ok()
                                .body())
                .path("mail");
        assertThat(mail.path("link").asString()).endsWith(Mailbox.VALIDATION + letter.id());
        assertThat(mail.path("text").asString()).contains(mail.path("link").asString());
    }

    @Test
    void servesThePageOfTheConsole() throws IOException {
        assertThat(status(request("/console/inbox", "Host: localhost", ""))).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/development/inbox",
                "/development/inbox/20260101T000000.000Z-invitation-00000000",
                "/console/inbox"
            })
    void isAnUnknownRouteForEverybodyElse(String path) throws IOException {
        String unknown = body(request("/no-such-route", "Host: localhost", ""));
        assertThat(unknown).contains("no-such-route");
        for (String header : new String[] {
            "X-Forwarded-For: 127.0.0.1",
            "Forwarded: for=127.0.0.1",
            "X-Real-IP: 127.0.0.1",
            "Via: 1.1 proxy",
            "CF-Connecting-IP: 127.0.0.1",
            "True-Client-IP: 127.0.0.1",
            "Sec-Fetch-Site: cross-site",
            "Sec-Fetch-Site: same-site"
        }) {
            assertUnknown(request(path, "Host: localhost", header), unknown);
        }
        for (String host : new String[] {"rebound.example", "app.localhost", "127.0.0.1.nip.io"}) {
            assertUnknown(request(path, "Host: " + host, ""), unknown);
        }
    }

    @ParameterizedTest
    @CsvSource({"POST", "PUT", "DELETE", "PATCH"})
    void changesNothing(String method) {
        Reply unknown = client.send(method, "/no-such-route", null);
        assertThat(client.send(method, "/development/inbox", null).status()).isEqualTo(unknown.status());
    }

    @Test
    void findsNoMailByAForeignId() {
        client.get("/development/inbox/..%2fmaster.key").refused(400);
        client.get("/development/inbox/master.key").refused(404);
        client.get("/development/inbox/20260101T000000.000Z-invitation-00000000")
                .refused(404);
    }

    @Test
    void isNoPartOfTheApi() {
        assertThat(client.get("/v3/api-docs").ok().body())
                .doesNotContain("inbox")
                .doesNotContain("MailText");
    }

    private static void assertUnknown(String response, String unknown) {
        assertThat(status(response)).as(response).isEqualTo(404);
        assertThat(body(response)).as(response).isEqualTo(unknown);
    }

    private static int status(String response) {
        return Integer.parseInt(response.split(" ", 3)[1]);
    }

    /** Without the id of the request. */
    private static String body(String response) {
        return response.substring(response.indexOf("\r\n\r\n") + 4).replaceAll("/requests/[^\"]+", "");
    }

    /** By hand, because no client lets its caller choose the host. */
    private String request(String path, String... headers) throws IOException {
        try (var socket = new Socket("127.0.0.1", client.base().getPort())) {
            StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\n");
            for (String header : headers) {
                if (!header.isEmpty()) {
                    request.append(header).append("\r\n");
                }
            }
            socket.getOutputStream()
                    .write(request.append("Connection: close\r\n\r\n")
                            .toString()
                            .getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }
}
