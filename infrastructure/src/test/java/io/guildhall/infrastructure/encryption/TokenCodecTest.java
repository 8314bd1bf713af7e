package io.guildhall.infrastructure.encryption;

import static io.guildhall.infrastructure.encryption.TokenCodec.Kind.API;
import static io.guildhall.infrastructure.encryption.TokenCodec.Kind.SESSION;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The value of an API token is shown once, and only its hash is stored (R18). */
class TokenCodecTest {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final TokenCodec format = new TokenCodec(purpose -> ("a key for " + purpose).getBytes());

    private static byte[] secret() {
        byte[] secret = new byte[TokenCodec.SECRET_BYTES];
        RANDOM.nextBytes(secret);
        return secret;
    }

    @Test
    void makesSixtyFourCharactersThatSayWhatTheyAre() {
        assertThat(format.newToken(API, secret())).matches("gldt_[0-9A-Za-z]{59}");
        assertThat(format.newToken(SESSION, secret())).matches("glds_[0-9A-Za-z]{59}");
    }

    @ParameterizedTest
    @EnumSource
    void knowsItsOwn(TokenCodec.Kind kind) {
        assertThat(format.check(format.newToken(kind, secret()))).isEqualTo(kind);
    }

    @Test
    void findsOutEveryMistypedCharacter() {
        String token = format.newToken(API, secret());
        for (int i = 0; i < token.length(); i++) {
            char other = token.charAt(i) == 'x' ? 'y' : 'x';

            assertThat(format.check(token.substring(0, i) + other + token.substring(i + 1)))
                    .isNull();
        }
    }

    @Test
    void doesNotTakeAnApiTokenForASession() {
        String token = format.newToken(API, secret());

        assertThat(format.check("glds_" + token.substring(5))).isNull();
    }

    @Test
    void refusesTokensOfAnotherKey() {
        var elsewhere = new TokenCodec(purpose -> "another key".getBytes());

        assertThat(format.check(elsewhere.newToken(API, secret()))).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "x", "gldt_", "Bearer", "gldt_é234567890123456789012345678901234567890123456789012345678"})
    void refusesWhatHasNotTheForm(String value) {
        assertThat(format.check(value)).isNull();
    }

    @Test
    void makesEachOnlyOnce() {
        Set<String> tokens = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            tokens.add(format.newToken(API, secret()));
        }

        assertThat(tokens).hasSize(1_000);
    }

    @Test
    void isStoredAsAHashThatDoesNotChange() {
        assertThat(TokenCodec.hash("gldt_")).hasSize(64).isEqualTo(TokenCodec.hash("gldt_"));
        assertThat(TokenCodec.hash("abc"))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
