package io.guildhall.infrastructure.encryption;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Identifies master keys by a check value and wraps root secrets with them. */
public final class MasterKeyCipher {

    static final byte[] IDENTITY = "identity".getBytes(US_ASCII);

    private static final byte[] CHECK = "io.guildhall master key check".getBytes(US_ASCII);
    private static final byte[] ROOT = "guildhall/root-secrets".getBytes(US_ASCII);

    private MasterKeyCipher() {}

    /** The value by which a database identifies its master key. */
    public static byte[] checkValue(byte[] masterKey) {
        return new KeyedHash(masterKey).of(CHECK);
    }

    /** Returns the key with this check value, or null. */
    public static byte @Nullable [] find(List<byte[]> masterKeys, byte[] checkValue) {
        return masterKeys.stream()
                .filter(key -> MessageDigest.isEqual(checkValue(key), checkValue))
                .findFirst()
                .orElse(null);
    }

    /**
     * Signs a text with the key for a purpose, given a database's wrapped root secret.
     *
     * @return HMAC-SHA256; null if the database uses none of these master keys
     */
    public static byte @Nullable [] sign(
            List<byte[]> masterKeys, byte[] checkValue, byte[] identity, String purpose, byte[] text) {
        byte[] masterKey = find(masterKeys, checkValue);
        return masterKey == null
                ? null
                : sign(KeyHierarchy.derived(unwrap(masterKey, identity, IDENTITY), purpose), text);
    }

    /** Returns the HMAC-SHA256 of a text. */
    public static byte[] sign(byte[] key, byte[] text) {
        return new KeyedHash(key).of(text);
    }

    static byte[] wrap(byte[] masterKey, byte[] secret, byte[] context) {
        return AesGcm.seal(new KeyedHash(masterKey).of(ROOT), secret, context);
    }

    static byte[] unwrap(byte[] masterKey, byte[] wrapped, byte[] context) {
        return AesGcm.open(new KeyedHash(masterKey).of(ROOT), wrapped, context);
    }

    static byte[] generation(int generation) {
        return ("wrapping/" + generation).getBytes(US_ASCII);
    }
}
