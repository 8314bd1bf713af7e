package io.guildhall.domain.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guildhall.domain.kernel.CommandRefused;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** R1. */
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
                "1@1.1"
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
                "ada@[192.0.2.1]");
    }

    @ParameterizedTest
    @MethodSource("noAddresses")
    void refusesWhatIsNone(String text) {
        refuses(text);
    }

    @Test
    void hasAtMost64CharactersBeforeTheAt() {
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
                        CommandRefused.class,
                        refused -> assertThat(refused.refusal()).isEqualTo(new AccountRefusal.EmailMalformed()));
    }
}
