package io.guildhall.api.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinksTest {

    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private final Links links = new Links(purpose -> ("a key for " + purpose).getBytes());
    private final UUID link = UUID.fromString("6f6b3c6e-5d57-4c43-9e4e-0c7c1d1b2a3f");

    @Test
    void makesFortyThreeCharactersForAnAddress() {
        assertThat(links.urlId(Links.VALIDATE, link)).matches("[A-Za-z0-9_-]{43}");
        assertThat(Links.looksLikeOne(links.urlId(Links.VALIDATE, link))).isTrue();
        assertThat(Links.looksLikeOne(link.toString())).isFalse();
    }

    @Test
    void opensWhatItMade() {
        assertThat(links.open(Links.RESET, links.urlId(Links.RESET, link))).isEqualTo(link);
    }

    @Test
    void makesAnIdForEachRecipient() {
        UUID ada = UUID.randomUUID();
        UUID bob = UUID.randomUUID();
        String toAda = links.urlId(Links.DEACTIVATE, link, ada);
        String toBob = links.urlId(Links.DEACTIVATE, link, bob);

        assertThat(toAda).matches("[A-Za-z0-9_-]{64}").isNotEqualTo(toBob);
        assertThat(links.openReceived(Links.DEACTIVATE, toAda)).isEqualTo(new Links.Received(link, ada));
        assertThat(links.openReceived(Links.DEACTIVATE, toBob)).isEqualTo(new Links.Received(link, bob));
        assertThat(links.openReceived(Links.RESET, toAda)).isNull();
        assertThat(links.openReceived(Links.DEACTIVATE, toAda.substring(0, 32) + toBob.substring(32)))
                .isNull();
        assertThat(links.open(Links.DEACTIVATE, toAda)).isNull();
        assertThat(links.openReceived(Links.DEACTIVATE, links.urlId(Links.DEACTIVATE, link)))
                .isNull();
    }

    @Test
    void isGoodForOnePurposeOnly() {
        assertThat(links.open(Links.RESET, links.urlId(Links.INVITATION, link))).isNull();
    }

    @Test
    void refusesLinksOfAnotherKey() {
        var elsewhere = new Links(purpose -> "another key".getBytes());

        assertThat(links.open(Links.RESET, elsewhere.urlId(Links.RESET, link))).isNull();
    }

    @Test
    void hasOneSpelling() {
        String id = links.urlId(Links.RESET, link);
        for (int i = 0; i < id.length(); i++) {
            for (char letter : LETTERS.toCharArray()) {
                String other = id.substring(0, i) + letter + id.substring(i + 1);
                if (!other.equals(id)) {
                    assertThat(links.open(Links.RESET, other)).isNull();
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
        assertThat(links.open(Links.RESET, urlId)).isNull();
    }
}
