package io.guildhall.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** A checkpoint as its reader sees it who knows C2SP's formats and nothing of this service. */
record SignedNote(String origin, long size, byte[] root) {

    /** Fails unless it is signed with that key. */
    static SignedNote of(String note, String key) throws GeneralSecurityException {
        String[] halves = note.split("\n\n");
        assertThat(halves).as(note).hasSize(2);
        String text = halves[0] + "\n";
        String[] parts = key.strip().split("\\+", 3);
        byte[] typed = Base64.getDecoder().decode(parts[2]);
        assertThat(typed[0]).isEqualTo((byte) 1);
        assertThat(halves[1]).startsWith("— " + parts[0] + " ").endsWith("\n");
        byte[] signed = Base64.getDecoder()
                .decode(halves[1].substring(halves[1].lastIndexOf(' ') + 1).strip());
        assertThat(HexFormat.of().formatHex(signed, 0, 4)).isEqualTo(parts[1]);
        Signature verifying = Signature.getInstance("Ed25519");
        byte[] raw = Arrays.copyOfRange(typed, 1, typed.length);
        verifying.initVerify(KeyFactory.getInstance("Ed25519")
                .generatePublic(new X509EncodedKeySpec(HexFormat.of()
                        .parseHex("302a300506032b6570032100" + HexFormat.of().formatHex(raw)))));
        verifying.update(text.getBytes(UTF_8));
        assertThat(verifying.verify(Arrays.copyOfRange(signed, 4, signed.length)))
                .isTrue();
        String[] lines = text.split("\n");
        assertThat(lines).hasSize(3);
        return new SignedNote(
                lines[0], Long.parseLong(lines[1]), Base64.getDecoder().decode(lines[2]));
    }
}
