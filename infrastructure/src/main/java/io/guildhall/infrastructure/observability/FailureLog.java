package io.guildhall.infrastructure.observability;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Logs unexpected failures of requests: with the stack trace once per cause and minute, since a client can repeat the request at will.
 * Messages of exceptions may quote a client, so they are escaped and cut.
 */
public final class FailureLog {

    private static final Duration SUPPRESSION = Duration.ofMinutes(1);
    private static final int MAX_CAUSES = 1_000;
    private static final int MAX_CHAIN_LENGTH = 20;
    private static final String OWN_PACKAGE = "io.guildhall.";

    private static final Cache<String, Boolean> LOGGED = Caffeine.newBuilder()
            .maximumSize(MAX_CAUSES)
            .expireAfterWrite(SUPPRESSION)
            .build();

    private FailureLog() {}

    /** Logs an error, unless the same cause was logged less than a minute ago. */
    public static void error(Logger log, String what, Throwable failure) {
        if (isNew(log, failure)) {
            log.error("{} (the same cause is not logged again for a minute)", LogText.of(what), escaped(failure));
        }
    }

    /** Logs a warning, unless the same cause was logged less than a minute ago. */
    public static void warn(Logger log, String what, Throwable failure) {
        if (isNew(log, failure)) {
            log.warn("{} (the same cause is not logged again for a minute)", LogText.of(what), escaped(failure));
        }
    }

    private static boolean isNew(Logger log, Throwable failure) {
        return LOGGED.asMap().putIfAbsent(log.getName() + " " + cause(failure), true) == null;
    }

    /**
     * The classes of the failure and its causes, the innermost stack frame, and the last frame of this service.
     * Excludes messages, which may contain a client's input.
     */
    private static String cause(Throwable failure) {
        var cause = new StringBuilder();
        Throwable innermost = failure;
        for (Throwable each : chain(failure)) {
            cause.append(each.getClass().getName()).append(' ');
            innermost = each;
        }
        StackTraceElement[] stack = innermost.getStackTrace();
        if (stack.length > 0) {
            cause.append(stack[0]).append(' ');
        }
        chain(failure).stream()
                .flatMap(each -> Arrays.stream(each.getStackTrace()))
                .filter(frame -> frame.getClassName().startsWith(OWN_PACKAGE))
                .findFirst()
                .ifPresent(cause::append);
        return cause.toString();
    }

    private static List<Throwable> chain(Throwable failure) {
        List<Throwable> chain = new ArrayList<>();
        for (Throwable each = failure; each != null && chain.size() < MAX_CHAIN_LENGTH; each = each.getCause()) {
            chain.add(each);
        }
        return chain;
    }

    private static Throwable escaped(Throwable failure) {
        Throwable escaped = null;
        for (Throwable each : chain(failure).reversed()) {
            escaped = new EscapedException(each, escaped);
        }
        return escaped == null ? failure : escaped;
    }

    /** A copy with the original's stack trace and an escaped message. */
    private static final class EscapedException extends RuntimeException {

        EscapedException(Throwable original, @Nullable Throwable cause) {
            super(
                    original.getMessage() == null
                            ? original.getClass().getName()
                            : original.getClass().getName() + ": " + LogText.of(original.getMessage()),
                    cause);
            setStackTrace(original.getStackTrace());
        }
    }
}
