package io.guildhall.infrastructure.encryption;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * R18: bearer tokens are 64 characters: a prefix that says which kind it is (and lets scanners find leaked ones), 49 random
 * characters, and a keyed checksum of 10. A mistyped or forged one is found out without I/O; only the hash is ever stored.
 */
@Component
public class TokenCodec {

    /** What a token's prefix says. */
    public enum Kind {
        API("gldt_"),
        SESSION("glds_");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }
    }

    public static final int LENGTH = 64;

    /** 384 bits for the 292 of the characters, so that all characters are equally likely. */
    public static final int SECRET_BYTES = 48;

    private static final int CHECKSUM = 10;
    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(ALPHABET.length());

    private final KeyedHash hash;

    public TokenCodec(MasterKey master) {
        this.hash = new KeyedHash(master.derive("token-checksum"));
    }

    /** @param secret {@link #SECRET_BYTES} bytes that nobody can guess */
    public String newToken(Kind kind, byte[] secret) {
        String signed = kind.prefix + digits(new BigInteger(1, secret), LENGTH - CHECKSUM - kind.prefix.length());
        return signed + checksum(signed);
    }

    /** The kind, or null for what this service has never made. */
    public @Nullable Kind check(String value) {
        if (value.length() != LENGTH) {
            return null;
        }
        Kind kind = Arrays.stream(Kind.values())
                .filter(it -> value.startsWith(it.prefix))
                .findAny()
                .orElse(null);
        String signed = value.substring(0, LENGTH - CHECKSUM);
        String checksum = value.substring(LENGTH - CHECKSUM);
        return kind != null && MessageDigest.isEqual(checksum(signed).getBytes(UTF_8), checksum.getBytes(UTF_8))
                ? kind
                : null;
    }

    /** What is stored of a token: SHA-256 in hexadecimal. There is no need of salt for 290 random bits. */
    public static String hash(String value) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(value.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private String checksum(String signed) {
        return digits(new BigInteger(1, hash.of(signed.getBytes(US_ASCII))), CHECKSUM);
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
