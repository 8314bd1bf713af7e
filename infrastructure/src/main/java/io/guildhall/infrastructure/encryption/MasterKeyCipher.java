package io.guildhall.infrastructure.encryption;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a master key itself is used for: to be known again, and to wrap the root secrets. */
public final class MasterKeyCipher {

    static final byte[] IDENTITY = "identity".getBytes(US_ASCII);

    private static final byte[] CHECK = "io.guildhall master key check".getBytes(US_ASCII);
    private static final byte[] ROOT = "guildhall/root-secrets".getBytes(US_ASCII);

    private MasterKeyCipher() {}

    /** By which a database knows its master key. */
    public static byte[] checkValue(byte[] masterKey) {
        return new KeyedHash(masterKey).of(CHECK);
    }

    /** The one among them that has this check value, or null. */
    public static byte @Nullable [] find(List<byte[]> masterKeyCipher, byte[] checkValue) {
        return masterKeyCipher.stream()
                .filter(key -> MessageDigest.isEqual(checkValue(key), checkValue))
                .findFirst()
                .orElse(null);
    }

    /**
     * HMAC of a text under the key for a purpose, where no database is at hand but its root secret, wrapped; null when none of these master
     * keys is its.
     */
    public static byte @Nullable [] sign(
            List<byte[]> masterKeyCipher, byte[] checkValue, byte[] identity, String purpose, byte[] text) {
        byte[] masterKey = find(masterKeyCipher, checkValue);
        return masterKey == null
                ? null
                : sign(KeyHierarchy.derived(unwrap(masterKey, identity, IDENTITY), purpose), text);
    }

    /** HMAC-SHA256. */
    public static byte[] sign(byte[] key, byte[] text) {
        return new KeyedHash(key).of(text);
    }

    /** The root secret of a database, as it is stored. */
    public static byte[] wrapIdentity(byte[] masterKey, byte[] identity) {
        return wrap(masterKey, identity, IDENTITY);
    }

    static byte[] wrap(byte[] masterKey, byte[] secret, byte[] which) {
        return AesGcm.seal(new KeyedHash(masterKey).of(ROOT), secret, which);
    }

    static byte[] unwrap(byte[] masterKey, byte[] wrapped, byte[] which) {
        return AesGcm.open(new KeyedHash(masterKey).of(ROOT), wrapped, which);
    }

    static byte[] generation(int generation) {
        return ("wrapping/" + generation).getBytes(US_ASCII);
    }
}
