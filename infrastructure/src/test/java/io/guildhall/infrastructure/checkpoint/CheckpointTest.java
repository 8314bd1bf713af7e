package io.guildhall.infrastructure.checkpoint;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import org.junit.jupiter.api.Test;

/** C2SP's signed-note and tlog-checkpoint. */
class CheckpointTest {

    /** Those of the documentation of Go's package note. */
    private static final String KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

    private static final String SIGNATURE =
            "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=";

    private static final String TEXT =
            "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";

    @Test
    void readsAKeyAsOthersWriteIt() {
        VerifierKey key = requireNonNull(VerifierKey.parse(KEY + "\n"));
        assertThat(key.name()).isEqualTo("PeterNeumann");
        assertThat(key.text()).isEqualTo(KEY);
        byte[] signed = java.util.Base64.getDecoder().decode(SIGNATURE);
        byte[] signature = java.util.Arrays.copyOfRange(signed, 4, signed.length);
        assertThat(key.verifies(TEXT, signature)).isTrue();
        assertThat(key.verifies(TEXT + " ", signature)).isFalse();
        assertThat(key.verifies(TEXT, new byte[3])).isFalse();
    }

    @Test
    void refusesWhatIsNoKey() {
        for (String text : new String[] {
            "",
            "PeterNeumann",
            KEY.replace("c74f", "c74e"),
            KEY.replace("+ARpc", "+AhpcX"),
            KEY.substring(0, KEY.length() - 4),
            KEY + "!"
        }) {
            assertThat(VerifierKey.parse(text)).as(text).isNull();
        }
    }

    @Test
    void opensWhatItWrote() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        VerifierKey key = VerifierKey.of("example.com", pair.getPublic());
        var checkpoint = new Checkpoint("example.com/organization/1", 20_852_163, new byte[32]);
        Signature signing = Signature.getInstance("Ed25519");
        signing.initSign(pair.getPrivate());
        signing.update(checkpoint.text().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        String note = checkpoint.note(key, signing.sign());

        Checkpoint opened = requireNonNull(Checkpoint.open(note, key));
        assertThat(opened.origin()).isEqualTo(checkpoint.origin());
        assertThat(opened.size()).isEqualTo(checkpoint.size());
        assertThat(opened.root()).isEqualTo(checkpoint.root());
        assertThat(note)
                .startsWith("example.com/organization/1\n20852163\nAAAA")
                .contains("\n\n— example.com ");
        // A witness's signature may stand beside ours.
        String signatures = note.substring(note.indexOf("— "));
        assertThat(Checkpoint.open(note.replace(signatures, "— witness AAAAAAAA\n" + signatures), key))
                .isNotNull();
        for (String other : new String[] {
            "",
            "\n\n",
            checkpoint.text(),
            note.strip(),
            note.replace("20852163", "20852164"),
            note.replace("organization/1", "organization/2"),
            note.replace("— example.com ", "— example.org "),
            note.replace("— example.com ", "— example.com A")
        }) {
            assertThat(Checkpoint.open(other, key)).as(other).isNull();
        }
        assertThat(Checkpoint.open(note, requireNonNull(VerifierKey.parse(KEY))))
                .isNull();
    }
}
