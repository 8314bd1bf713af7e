package io.guildhall.infrastructure.encryption;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedLinkCodecTest {

    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private final SignedLinkCodec signedLinkCodec = new SignedLinkCodec(purpose -> ("a key for " + purpose).getBytes());
    private final UUID link = UUID.fromString("6f6b3c6e-5d57-4c43-9e4e-0c7c1d1b2a3f");

    @Test
    void makesFortyThreeCharactersForAnAddress() {
        assertThat(signedLinkCodec.urlId(SignedLinkCodec.VALIDATE, link)).matches("[A-Za-z0-9_-]{43}");
        assertThat(SignedLinkCodec.looksLikeOne(signedLinkCodec.urlId(SignedLinkCodec.VALIDATE, link)))
                .isTrue();
        assertThat(SignedLinkCodec.looksLikeOne(link.toString())).isFalse();
    }

    @Test
    void opensWhatItMade() {
        assertThat(signedLinkCodec.open(SignedLinkCodec.RESET, signedLinkCodec.urlId(SignedLinkCodec.RESET, link)))
                .isEqualTo(link);
    }

    @Test
    void makesAnIdForEachRecipient() {
        UUID ada = UUID.randomUUID();
        UUID bob = UUID.randomUUID();
        String toAda = signedLinkCodec.urlId(SignedLinkCodec.DEACTIVATE, link, ada);
        String toBob = signedLinkCodec.urlId(SignedLinkCodec.DEACTIVATE, link, bob);

        assertThat(toAda).matches("[A-Za-z0-9_-]{64}").isNotEqualTo(toBob);
        assertThat(signedLinkCodec.openReceived(SignedLinkCodec.DEACTIVATE, toAda))
                .isEqualTo(new SignedLinkCodec.Received(link, ada));
        assertThat(signedLinkCodec.openReceived(SignedLinkCodec.DEACTIVATE, toBob))
                .isEqualTo(new SignedLinkCodec.Received(link, bob));
        assertThat(signedLinkCodec.openReceived(SignedLinkCodec.RESET, toAda)).isNull();
        assertThat(signedLinkCodec.openReceived(
                        SignedLinkCodec.DEACTIVATE, toAda.substring(0, 32) + toBob.substring(32)))
                .isNull();
        assertThat(signedLinkCodec.open(SignedLinkCodec.DEACTIVATE, toAda)).isNull();
        assertThat(signedLinkCodec.openReceived(
                        SignedLinkCodec.DEACTIVATE, signedLinkCodec.urlId(SignedLinkCodec.DEACTIVATE, link)))
                .isNull();
    }

    @Test
    void isGoodForOnePurposeOnly() {
        assertThat(signedLinkCodec.open(SignedLinkCodec.RESET, signedLinkCodec.urlId(SignedLinkCodec.INVITATION, link)))
                .isNull();
    }

    @Test
    void refusesLinksOfAnotherKey() {
        var elsewhere = new SignedLinkCodec(purpose -> "another key".getBytes());

        assertThat(signedLinkCodec.open(SignedLinkCodec.RESET, elsewhere.urlId(SignedLinkCodec.RESET, link)))
                .isNull();
    }

    @Test
    void hasOneSpelling() {
        String id = signedLinkCodec.urlId(SignedLinkCodec.RESET, link);
        for (int i = 0; i < id.length(); i++) {
            for (char letter : LETTERS.toCharArray()) {
                String other = id.substring(0, i) + letter + id.substring(i + 1);
                if (!other.equals(id)) {
                    assertThat(signedLinkCodec.open(SignedLinkCodec.RESET, other))
                            .isNull();
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!",
                "=",
                "é234567890123456789012345678901234567890123"
            })
    void refusesWhatHasNotTheForm(String urlId) {
        assertThat(signedLinkCodec.open(SignedLinkCodec.RESET, urlId)).isNull();
    }
}
