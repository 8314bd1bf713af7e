package io.guildhall.infrastructure.encryption;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Creates and checks bearer tokens (R18: 64 characters with a recognisable prefix and a checksum). A token has a prefix
 * for its kind, which also lets scanners find leaked tokens, then random characters, then a keyed checksum of 10
 * characters. A mistyped or forged token is rejected without I/O. Only its hash is stored.
 */
@Component
public class TokenCodec {

    /** The kinds of tokens, by prefix. */
    public enum Kind {
        API("gldt_"),
        SESSION("glds_");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }
    }

    public static final int LENGTH = 64;

    /** 384 bits, more than the 292 bits of the characters, so that all characters are equally likely. */
    public static final int SECRET_BYTES = 48;

    private static final int CHECKSUM_LENGTH = 10;
    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(ALPHABET.length());

    private final KeyedHash hash;

    public TokenCodec(MasterKey master) {
        this.hash = new KeyedHash(master.derive("token-checksum"));
    }

    /** @param secret {@link #SECRET_BYTES} random bytes */
    public String newToken(Kind kind, byte[] secret) {
        String signed =
                kind.prefix + digits(new BigInteger(1, secret), LENGTH - CHECKSUM_LENGTH - kind.prefix.length());
        return signed + checksum(signed);
    }

    /** Returns the kind of a token, or null if this service did not issue it. */
    public @Nullable Kind check(String value) {
        if (value.length() != LENGTH) {
            return null;
        }
        Kind kind = Arrays.stream(Kind.values())
                .filter(it -> value.startsWith(it.prefix))
                .findAny()
                .orElse(null);
        String signed = value.substring(0, LENGTH - CHECKSUM_LENGTH);
        String checksum = value.substring(LENGTH - CHECKSUM_LENGTH);
        return kind != null && MessageDigest.isEqual(checksum(signed).getBytes(UTF_8), checksum.getBytes(UTF_8))
                ? kind
                : null;
    }

    /** The stored hash: SHA-256 in hexadecimal. 290 random bits need no salt. */
    public static String hash(String value) {
        return HexFormat.of().formatHex(Sha256.of(value.getBytes(UTF_8)));
    }

    private String checksum(String signed) {
        return digits(new BigInteger(1, hash.of(signed.getBytes(US_ASCII))), CHECKSUM_LENGTH);
    }

    private static String digits(BigInteger number, int count) {
        var digits = new StringBuilder(count);
        BigInteger rest = number;
        for (int i = 0; i < count; i++) {
            BigInteger[] parts = rest.divideAndRemainder(BASE);
            digits.append(ALPHABET.charAt(parts[1].intValue()));
            rest = parts[0];
        }
        return digits.toString();
    }
}
