package io.guildhall.api.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guildhall.domain.kernel.CommandRefused;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** R1. */
class PasswordsTest {

    private final Passwords passwords = new Passwords();

    @Test
    void areEncodedByArgon2() {
        assertThat(passwords.encodeNew("password", "correct horse"))
                .startsWith("{argon2@SpringSecurity_v5_8}$argon2id$")
                .doesNotContain("correct");
    }

    @Test
    void matchThemselvesOnly() {
        String encoded = passwords.encodeNew("password", "correct horse");

        assertThat(passwords.matches("correct horse", encoded)).isTrue();
        assertThat(passwords.matches("Correct horse", encoded)).isFalse();
    }

    @Test
    void matchNothingWhereThereIsNone() {
        assertThat(passwords.matches("nobody has this one", null)).isFalse();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "seven77"})
    void areLongEnough(@Nullable String password) {
        assertThatThrownBy(() -> passwords.encodeNew("password", password))
                .isInstanceOfSatisfying(
                        CommandRefused.class,
                        refused -> assertThat(refused.refusal().field()).isEqualTo("password"));
    }

    @Test
    void endSomewhere() {
        assertThatCode(() -> passwords.encodeNew("password", "\uD83D\uDE00".repeat(128)))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> passwords.encodeNew("password", "x".repeat(129)))
                .isInstanceOf(CommandRefused.class)
                .hasMessageNotContaining("xxx");
    }
}
