package io.guildhall.api.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.infrastructure.outbox.mail.MailContent;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TemplatesTest {

    private final Templates templates = new Templates();

    @ParameterizedTest
    @EnumSource
    void holdsTextAndHtmlOfEveryKind(MailKind kind) {
        MailContent mail = render(kind, words());

        int names = kind.name().startsWith("PASSWORD") || kind.name().startsWith("EMAIL") ? 0 : 1;
        String text = mail.subject() + "\n" + mail.plain() + mail.html();
        assertThat(text).contains("acme".repeat(names)).doesNotContain("{{");
        assertThat(text.lines().mapToInt(String::length).max().orElseThrow()).isLessThan(998);
    }

    @Test
    void letsNoNameEndAHeader() {
        Map<String, Object> words = words();
        words.put("organization", "Eve\r\nBcc: all@example.com");

        MailContent mail = render(MailKind.INVITATION, words);

        assertThat(mail.subject()).doesNotContain("\r", "\n");
        assertThat(mail.plain().lines()).noneMatch(line -> line.startsWith("Bcc:"));
    }

    @Test
    void letsNoNameBecomeMarkup() {
        Map<String, Object> words = words();
        words.put("inviter", "<img src=x onerror=alert(1)>");

        MailContent mail = render(MailKind.INVITATION, words);

        assertThat(mail.html()).doesNotContain("<img").contains("&lt;img");
        assertThat(mail.plain()).contains("<img src=x onerror=alert(1)> invites you to become a member");
    }

    /** A stranger can sign up with somebody's address, or invite it: neither the subject nor the first line is the stranger's. */
    @ParameterizedTest
    @EnumSource
    void carriesNoFreeTextInSubjectAndFirstLine(MailKind kind) {
        Map<String, Object> words = words();
        for (String freeText : new String[] {"inviter", "actor"}) {
            words.put(freeText, "Win at evil.example");
        }

        MailContent mail = render(kind, words);

        assertThat(mail.subject()).doesNotContain("evil");
        assertThat(mail.plain().lines().filter(line -> line.startsWith("Hello")))
                .containsOnly("Hello,");
    }

    private MailContent render(MailKind kind, Map<String, Object> words) {
        return templates.render(kind, "ada@example.com", words);
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
