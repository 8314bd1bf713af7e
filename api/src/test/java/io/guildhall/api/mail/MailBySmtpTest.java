package io.guildhall.api.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.guildhall.testing.TestDatabase;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The whole service with {@code spring.mail.host} set. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "logging.level.com.icegreen=warn")
@DirtiesContext
class MailBySmtpTest {

    private static final GreenMail SERVER = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    @TempDir
    private static Path home;

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        SERVER.start();
        TestDatabase.empty().describeTo(registry::add);
        registry.add("guildhall.home", home::toString);
        registry.add("guildhall.public-url", () -> "https://guildhall.example/");
        registry.add("spring.mail.host", () -> "127.0.0.1");
        registry.add("spring.mail.port", SERVER.getSmtp()::getPort);
    }

    @AfterAll
    static void stop() {
        SERVER.stop();
    }

    @Test
    void leavesForTheServerThatIsConfigured() throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            var reply = http.send(
                    HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/v1/account/signup"))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString("""
                                    {"name": "Zoë", "email": "zoe@example.com", "password": "correct horse"}
                                    """))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(reply.statusCode()).isEqualTo(200);
        }

        assertThat(SERVER.waitForIncomingEmail(20_000, 1)).isTrue();
        assertThat(SERVER.getReceivedMessages()[0].getAllRecipients()[0].toString())
                .contains("zoe@example.com");
        assertThat(home.resolve("mail")).doesNotExist();
    }
}
