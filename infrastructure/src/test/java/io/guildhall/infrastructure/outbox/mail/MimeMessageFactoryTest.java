package io.guildhall.infrastructure.outbox.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MimeMessageFactoryTest {

    private final MimeMessageFactory mimeMessageFactory =
            new MimeMessageFactory(MailOutboxFixture.properties(Duration.ofDays(3)));

    @Test
    void holdsTextAndHtml() throws Exception {
        assertThat(source("Ada invites you"))
                .contains("Content-Type: text/plain; charset=UTF-8", "Content-Type: text/html; charset=UTF-8")
                .contains("To: ada@example.com", "Subject: Invitation", "Content-Transfer-Encoding: 7bit")
                .doesNotContain("quoted-printable", "base64");
    }

    @Test
    void keepsNamesOfEveryScriptReadable() throws Exception {
        assertThat(source("Zoë 李 invites you"))
                .contains("Content-Transfer-Encoding: 8bit", "Zoë 李 invites you")
                .doesNotContain("quoted-printable", "base64");
    }

    private String source(String text) throws Exception {
        OutboxEntry outboxEntry = new OutboxEntry(
                UUID.randomUUID(),
                "INVITATION",
                UUID.randomUUID(),
                null,
                "acme",
                null,
                null,
                null,
                Instant.now(),
                Instant.now(),
                1);
        var out = new ByteArrayOutputStream();
        mimeMessageFactory
                .put(outboxEntry, new MailContent("ada@example.com", "Invitation", text, "<p>" + text + "</p>"))
                .writeTo(out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
