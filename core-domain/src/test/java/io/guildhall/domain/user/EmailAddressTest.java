package io.guildhall.domain.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guildhall.domain.shared.DomainRejectionException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One user per e-mail address (R1). */
class EmailAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ada@example.com",
                "a@b.c",
                "first.last+tag@sub.example.co.uk",
                "o'brien@example.com",
                "user_name-1@my-host.example",
                "дарья@пример.рф",
                "1@1.a1",
                "ada@straße.example",
                "ada@bücher.example",
                "ada@नमस्ते.example",
                "ada@ประเทศ.example",
                "ada@نامه‌ای.example"
            })
    void takesAnAddress(String text) {
        assertThat(EmailAddress.of(text).value()).isEqualTo(text);
    }

    @Test
    void isTrimmedAndLowerCased() {
        assertThat(EmailAddress.of(" \tADA@Example.COM\n")).isEqualTo(EmailAddress.of("ada@example.com"));
    }

    @Test
    void isLowerCasedAlikeInEveryLocale() {
        assertThat(EmailAddress.of("INFO@EXAMPLE.COM").value()).isEqualTo("info@example.com");
    }

    static Stream<List<String>> sameMailboxes() {
        return Stream.of(
                List.of(
                        "ada@bücher.example",
                        "ada@xn--bcher-kva.example",
                        "ADA@BÜCHER.example",
                        "ada@bu\u0308cher.example"),
                List.of("ada@straße.example", "ada@xn--strae-oqa.example"),
                List.of("ada@example.com", "ada@\uff45xample.com", "ada@example\u3002com"),
                List.of("zo\u00eb@example.com", "zoe\u0308@example.com", "ZOE\u0308@example.com"));
    }

    @ParameterizedTest
    @MethodSource("sameMailboxes")
    void isTheSameForEachWayToWriteAMailbox(List<String> ways) {
        assertThat(ways.stream().map(EmailAddress::of).distinct()).hasSize(1);
    }

    @Test
    void keepsSharpSApartFromDoubleS() {
        assertThat(EmailAddress.of("ada@straße.example")).isNotEqualTo(EmailAddress.of("ada@strasse.example"));
        assertThat(EmailAddress.of("ada@straße.example").withAsciiDomain()).isEqualTo("ada@xn--strae-oqa.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"İ@example.com", "\u1e9e@\u1e9e.example", "Ω\u0301@ΟΔΟΣ.example", "\ufb03@example.com"})
    void isStable(String text) {
        EmailAddress once = EmailAddress.of(text);
        assertThat(EmailAddress.of(once.value())).isEqualTo(once);
        assertThat(EmailAddress.of(once.withAsciiDomain())).isEqualTo(once);
    }

    static Stream<String> noAddresses() {
        return Stream.of(
                "",
                " ",
                "ada",
                "@example.com",
                "ada@",
                "ada@example",
                "ada@@example.com",
                "ada@home@example.com",
                "ada lovelace@example.com",
                "ada@exam ple.com",
                "ada@.example.com",
                "ada@example..com",
                "ada..lovelace@example.com",
                ".ada@example.com",
                "ada.@example.com",
                "ada@example.com.",
                "ada@-example.com",
                "ada@example-.com",
                "Ada <ada@example.com>",
                "ada@example.com,bob@example.com",
                "ada@example.com\r\nBcc: bob@example.com",
                "ada\u0000@example.com",
                "ada\u0085@example.com",
                "ada\u00a0b@example.com",
                "ada\u200b@example.com",
                "a\u202eda@example.com",
                "\"ada\"@example.com",
                "ada@1.1",
                "ada@192.0.2.1",
                "ada@" + "x".repeat(64) + ".example",
                "ada@" + "ü".repeat(60) + ".example",
                "ada@xn--ada.example",
                "ada@\u0300bc.example",
                "ada@exam_ple.example",
                "ada@abc\u200d.example",
                "ada\u3164@example.com",
                "ada\ufe0f@example.com",
                "=?utf-8?q?ada?=@example.com",
                "ü".repeat(33) + "@example.com",
                "ada@[192.0.2.1]");
    }

    @ParameterizedTest
    @MethodSource("noAddresses")
    void refusesWhatIsNone(String text) {
        refuses(text);
    }

    @Test
    void hasAtMost64OctetsBeforeTheAt() {
        assertThat(EmailAddress.of("a".repeat(64) + "@example.com")).isNotNull();
        refuses("a".repeat(65) + "@example.com");
    }

    @Test
    void hasAtMost254Characters() {
        String domain = "x".repeat(60) + "." + "y".repeat(60) + "." + "z".repeat(60) + ".";
        String front = "a".repeat(64) + "@" + domain;
        assertThat(EmailAddress.of(front + "c".repeat(254 - front.length())).value())
                .hasSize(254);
        refuses(front + "c".repeat(255 - front.length()));
    }

    private static void refuses(String text) {
        assertThatThrownBy(() -> EmailAddress.of(text))
                .isInstanceOfSatisfying(
                        DomainRejectionException.class,
                        refused -> assertThat(refused.rejection()).isEqualTo(UserRejections.EMAIL_MALFORMED));
    }
}
