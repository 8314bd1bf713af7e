package io.guildhall.api.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guildhall.api.error.Problem;
import io.guildhall.api.error.RequestRejectionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One user per e-mail address (R1). */
class PasswordHasherTest {

    private final PasswordHasher passwordHasher = new PasswordHasher();

    @Test
    void areEncodedByArgon2() {
        assertThat(passwordHasher.encodeNew("password", "correct horse"))
                .startsWith("{argon2}$argon2id$v=19$m=19456,t=2,p=1$")
                .doesNotContain("correct");
    }

    @Test
    void matchThemselvesOnly() {
        String encoded = passwordHasher.encodeNew("password", "correct horse");

        assertThat(passwordHasher.matches("correct horse", encoded)).isTrue();
        assertThat(passwordHasher.matches("Correct horse", encoded)).isFalse();
    }

    @Test
    void matchNothingWhereThereIsNone() {
        assertThat(passwordHasher.matches("nobody has this one", null)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "seven77"})
    void areLongEnough(String password) {
        assertThatThrownBy(() -> passwordHasher.encodeNew("password", password))
                .isInstanceOfSatisfying(
                        RequestRejectionException.class,
                        refused -> assertThat(refused.problem().getFields())
                                .extracting(Problem.Field::field)
                                .containsExactly("password"));
    }

    @Test
    void endSomewhere() {
        assertThatCode(() -> passwordHasher.encodeNew(
                        "password",
                        Stream.iterate(0x1F400, c -> c + 1)
                                .limit(128)
                                .map(Character::toString)
                                .collect(Collectors.joining())))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> passwordHasher.encodeNew("password", "x".repeat(129)))
                .isInstanceOf(RequestRejectionException.class)
                .hasMessageNotContaining("xxx");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password",
                "PASSWORD",
                "Passw0rd",
                "12345678",
                "87654321",
                "        ",
                "aaaaaaaaaaaa",
                "abcdefgh",
                "qwertyuiop",
                "iloveyou",
                "guildhall",
                "Ada Lovelace",
                "lovelace1",
                "ada@example.com"
            })
    void areHardToGuess(String password) {
        assertThatThrownBy(() -> passwordHasher.encodeNew("password", password, "Ada Lovelace", "ada@example.com"))
                .isInstanceOfSatisfying(RequestRejectionException.class, refused -> {
                    assertThat(refused.problem().getFields())
                            .extracting(Problem.Field::field)
                            .containsExactly("password");
                    assertThat(refused.problem().getMessage()).contains("easy to guess");
                });
    }

    @Test
    void areHashedAtTheSameTimeAsFarAsTheHeapAllows() {
        long mebibyte = 1024 * 1024;

        assertThat(PasswordHasher.concurrentHashes(64 * mebibyte, 8)).isEqualTo(1);
        assertThat(PasswordHasher.concurrentHashes(256 * mebibyte, 8)).isEqualTo(3);
        assertThat(PasswordHasher.concurrentHashes(16_384 * mebibyte, 8)).isEqualTo(16);
    }
}
