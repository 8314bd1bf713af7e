package io.guildhall.api.session;

import com.nulabinc.zxcvbn.Strength;
import com.nulabinc.zxcvbn.Zxcvbn;
import io.guildhall.api.error.RequestRejectionException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Checks and hashes passwords (R1: 8 to 128 characters, Argon2id). Hashing takes a core and {@value #MEMORY_KIB} KiB, so only as many hashes run at once as a
 * quarter of the heap holds; further sign-ins wait.
 */
@Component
public class PasswordHasher {

    private static final String CURRENT = "argon2";

    /** The minimum of the OWASP Password Storage Cheat Sheet for Argon2id: 19 MiB, two iterations, one lane. */
    private static final int MEMORY_KIB = 19 * 1024;

    private static final int ITERATIONS = 2;
    private static final int LANES = 1;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;

    private static final int MIN_LENGTH = 8;
    private static final int MAX_LENGTH = 128;

    /** Of zxcvbn's scores 0 to 4: 2 takes at least a million guesses. */
    private static final int MIN_SCORE = 2;

    private final PasswordEncoder encoder = new DelegatingPasswordEncoder(
            CURRENT, Map.of(CURRENT, new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, LANES, MEMORY_KIB, ITERATIONS)));
    private final Semaphore hashing = new Semaphore(
            concurrentHashes(
                    Runtime.getRuntime().maxMemory(), Runtime.getRuntime().availableProcessors()),
            true);

    /** Compared with when no password is known, so that the comparison takes as long. */
    private final String dummy = encode("nobody has this one");

    /** The estimate of a long password takes seconds, and its beginning tells enough. */
    private static final int ESTIMATED_LENGTH = 32;

    /** Loads its dictionaries of common passwords, names and words at the first use. */
    private static final class Estimator {

        private static final Zxcvbn ZXCVBN = new Zxcvbn();
    }

    /** How many hashes fit into a quarter of the heap, at least one and at most two for each processor. */
    static int concurrentHashes(long maxHeapBytes, int processors) {
        long fitting = maxHeapBytes / 4 / (MEMORY_KIB * 1024L);
        return (int) Math.clamp(fitting, 1, 2L * processors);
    }

    /**
     * Encodes a new password.
     *
     * @param field named by the rejection
     * @param about what an attacker knows of the person: name and e-mail address. A password made of them is easy to guess.
     * @throws RequestRejectionException for a password that is too short, too long, or easy to guess
     */
    public String encodeNew(String field, String clear, String... about) {
        int length = clear.codePointCount(0, clear.length());
        if (length < MIN_LENGTH || length > MAX_LENGTH) {
            throw refused(field, "%s must have %d to %d characters.".formatted(field, MIN_LENGTH, MAX_LENGTH));
        }
        if (!inTurn(() -> score(clear, about) >= MIN_SCORE)) {
            throw refused(
                    field,
                    ("%s is easy to guess: it is common, follows a pattern, or consists of your name or e-mail address."
                                    + " Choose another one, for example several unrelated words.")
                            .formatted(field));
        }
        return encode(clear);
    }

    private static RequestRejectionException refused(String field, String explanation) {
        return RequestRejectionException.invalidArgument(field, explanation);
    }

    private static int score(String password, String... about) {
        List<String> known = Stream.concat(
                        Stream.of("guildhall"),
                        Arrays.stream(about)
                                .flatMap(text -> Stream.concat(Stream.of(text), Stream.of(text.split("[\\s@.]+")))))
                .filter(text -> !text.isEmpty())
                .toList();
        String start = password.substring(
                0,
                password.offsetByCodePoints(
                        0, Math.min(ESTIMATED_LENGTH, password.codePointCount(0, password.length()))));
        Strength strength = Estimator.ZXCVBN.measure(start, known);
        try {
            return strength.getScore();
        } finally {
            strength.wipe();
        }
    }

    private String encode(String clear) {
        String encoded = inTurn(() -> encoder.encode(clear));
        if (encoded == null) {
            throw new IllegalStateException("A password was not encoded");
        }
        return encoded;
    }

    /** Takes the same time whether there is a password to compare with or not. Call it {@link #inTurn}. */
    public boolean matches(String clear, @Nullable String encoded) {
        boolean tooLong = clear.length() > 2 * MAX_LENGTH;
        boolean matches = encoder.matches(tooLong ? "" : clear, encoded == null ? dummy : encoded);
        return matches && !tooLong && encoded != null;
    }

    public boolean inTurn(BooleanSupplier work) {
        return Boolean.TRUE.equals(inTurn((Supplier<Boolean>) work::getAsBoolean));
    }

    private <V> @Nullable V inTurn(Supplier<@Nullable V> work) {
        hashing.acquireUninterruptibly();
        try {
            return work.get();
        } finally {
            hashing.release();
        }
    }
}
