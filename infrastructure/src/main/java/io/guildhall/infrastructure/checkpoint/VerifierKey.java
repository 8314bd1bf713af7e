package io.guildhall.infrastructure.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guildhall.infrastructure.encryption.Sha256;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * An Ed25519 public key with the name that it signs under, as C2SP's signed notes have it.
 *
 * @param name without spaces and plus signs
 * @param raw the 32 bytes of RFC 8032
 */
public record VerifierKey(String name, byte[] raw) {

    private static final String ALGORITHM = "Ed25519";
    private static final byte ED25519 = 1;
    private static final int ID = 4;
    private static final int RAW = 32;

    /** What stands in front of the raw key in its usual encoding (RFC 8410). */
    private static final byte[] PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    static VerifierKey of(String name, PublicKey key) {
        byte[] encoded = key.getEncoded();
        return new VerifierKey(name, Arrays.copyOfRange(encoded, encoded.length - RAW, encoded.length));
    }

    /** Reads what {@link #text} wrote; null when it is none. */
    public static @Nullable VerifierKey parse(String text) {
        String[] parts = text.strip().split("\\+", 3);
        if (parts.length != 3) {
            return null;
        }
        try {
            byte[] key = Base64.getDecoder().decode(parts[2]);
            if (key.length != 1 + RAW || key[0] != ED25519) {
                return null;
            }
            var parsed = new VerifierKey(parts[0], Arrays.copyOfRange(key, 1, key.length));
            return parsed.text().equals(text.strip()) ? parsed : null;
        } catch (IllegalArgumentException noBase64) {
            return null;
        }
    }

    /** {@code name+id+key}. */
    public String text() {
        return name + "+" + HexFormat.of().formatHex(id()) + "+"
                + Base64.getEncoder().encodeToString(typed());
    }

    /** Tells keys of one name apart. */
    byte[] id() {
        return Arrays.copyOf(Sha256.of((name + "\n").getBytes(UTF_8), typed()), ID);
    }

    boolean verifies(String text, byte[] signature) {
        try {
            byte[] encoded = ByteBuffer.allocate(PREFIX.length + RAW)
                    .put(PREFIX)
                    .put(raw)
                    .array();
            Signature verifying = Signature.getInstance(ALGORITHM);
            verifying.initVerify(KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded)));
            verifying.update(text.getBytes(UTF_8));
            return verifying.verify(signature);
        } catch (GeneralSecurityException noSignature) {
            return false;
        }
    }

    private byte[] typed() {
        return ByteBuffer.allocate(1 + RAW).put(ED25519).put(raw).array();
    }
}
