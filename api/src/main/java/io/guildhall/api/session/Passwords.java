package io.guildhall.api.session;

import io.guildhall.api.web.Choices;
import io.guildhall.api.web.WebRefusal;
import io.guildhall.domain.kernel.CommandRefused;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * R1: Argon2id. Each takes a core and memory for some time, so that only so many are worked on at once: a flood of sign-ins makes
 * sign-ins wait, and nothing else.
 */
@Component
public class Passwords {

    private static final String CURRENT = "argon2@SpringSecurity_v5_8";
    private static final int SHORTEST = 8;
    private static final int LONGEST = 128;

    private final PasswordEncoder encoder = new DelegatingPasswordEncoder(
            CURRENT, Map.of(CURRENT, Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8()));
    private final Semaphore turns = new Semaphore(2 * Runtime.getRuntime().availableProcessors(), true);

    /** Compared with when there is nothing to compare with, so that it takes as long. */
    private final String dummy = encode("nobody has this one");

    /** Encodes a new password, or refuses it naming the field. */
    public String encodeNew(String field, @Nullable String clear) {
        return encode(checked(field, clear));
    }

    private static String checked(String field, @Nullable String clear) {
        String password = Choices.required(field, clear);
        int length = password.codePointCount(0, password.length());
        if (length < SHORTEST || length > LONGEST) {
            throw CommandRefused.because(new WebRefusal.FieldMalformed(
                    field, "%s must have %d to %d characters.".formatted(field, SHORTEST, LONGEST)));
        }
        return password;
    }

    private String encode(String clear) {
        String encoded = inTurn(() -> encoder.encode(clear));
        if (encoded == null) {
            throw new IllegalStateException("A password was not encoded");
        }
        return encoded;
    }

    /** Takes the same time whether there is something to compare with or not. Call it {@link #inTurn}. */
    public boolean matches(String clear, @Nullable String encoded) {
        boolean tooLong = clear.length() > 2 * LONGEST;
        boolean matches = encoder.matches(tooLong ? "" : clear, encoded == null ? dummy : encoded);
        return matches && !tooLong && encoded != null;
    }

    public boolean inTurn(BooleanSupplier work) {
        return Boolean.TRUE.equals(inTurn((Supplier<Boolean>) work::getAsBoolean));
    }

    private <V> @Nullable V inTurn(Supplier<@Nullable V> work) {
        turns.acquireUninterruptibly();
        try {
            return work.get();
        } finally {
            turns.release();
        }
    }
}
