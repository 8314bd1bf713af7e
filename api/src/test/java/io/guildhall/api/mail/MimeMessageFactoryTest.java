package io.guildhall.api.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MimeMessageFactoryTest {

    private final MimeMessageFactory mimeMessageFactory = new MimeMessageFactory(
            new MailProperties(
                    "Guildhall <no-reply@guildhall.example>",
                    1,
                    Duration.ofDays(3),
                    Duration.ofDays(30),
                    Duration.ofDays(7)),
            new Templates());

    @ParameterizedTest
    @EnumSource
    void holdsTextAndHtmlOfEveryKind(MailKind kind) throws Exception {
        String source = source(kind, words());

        assertThat(source)
                .contains("Content-Type: text/plain; charset=UTF-8", "Content-Type: text/html; charset=UTF-8")
                .contains("acme"
                        .repeat(
                                kind.name().startsWith("PASSWORD")
                                                || kind.name().startsWith("EMAIL")
                                        ? 0
                                        : 1))
                .doesNotContain("{{", "quoted-printable", "base64");
        assertThat(source.lines().mapToInt(String::length).max().orElseThrow()).isLessThan(998);
    }

    @Test
    void letsNoNameEndAHeader() throws Exception {
        Map<String, Object> words = words();
        words.put("organization", "Eve\r\nBcc: all@example.com");

        String source = source(MailKind.INVITATION, words);

        assertThat(source.lines()).noneMatch(line -> line.startsWith("Bcc:"));
    }

    @Test
    void letsNoNameBecomeMarkup() throws Exception {
        Map<String, Object> words = words();
        words.put("inviter", "<img src=x onerror=alert(1)>");

        String source = source(MailKind.INVITATION, words);
        String html = source.substring(source.indexOf("<!doctype html>"));

        assertThat(html).doesNotContain("<img").contains("&lt;img");
        assertThat(source).contains("<img src=x onerror=alert(1)> invites you to become a member");
    }

    @Test
    void keepsNamesOfEveryScriptReadable() throws Exception {
        Map<String, Object> words = words();
        words.put("inviter", "Zoë 李");

        String source = source(MailKind.INVITATION, words);

        assertThat(source).contains("Content-Transfer-Encoding: 8bit", "Zoë 李 invites you");
    }

    /** A stranger can sign up with somebody's address, or invite it: neither the subject nor the first line is the stranger's. */
    @ParameterizedTest
    @EnumSource
    void carriesNoFreeTextInSubjectAndFirstLine(MailKind kind) throws Exception {
        Map<String, Object> words = words();
        for (String freeText : new String[] {"inviter", "actor"}) {
            words.put(freeText, "Win at evil.example");
        }

        String source = source(kind, words);

        assertThat(source.lines().filter(line -> line.startsWith("Subject:") || line.startsWith("To:")))
                .hasSize(2)
                .noneMatch(line -> line.contains("evil"));
        assertThat(source.lines().filter(line -> line.startsWith("Hello"))).containsOnly("Hello,");
    }

    private String source(MailKind kind, Map<String, Object> words) throws Exception {
        OutboxEntry outboxEntry = new OutboxEntry(
                UUID.randomUUID(),
                kind,
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
                .put(outboxEntry, new MailContent(kind, "ada@example.com", words))
                .writeTo(out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static Map<String, Object> words() {
        Map<String, Object> words = new HashMap<>();
        for (String word :
                new String[] {"inviter", "actor", "email", "newEmail", "expires", "when", "receivers", "home"}) {
            words.put(word, word);
        }
        words.put("organization", "acme");
        words.put("link", "https://guildhall.example/account/validate/abc");
        words.put("byRecipient", false);
        words.put("confirms", true);
        return words;
    }
}
