package io.guildhall.api.export;

import io.guildhall.api.error.RequestRejectionException;
import io.guildhall.api.security.Caller;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Lets so many exports be sent at the same time that other requests have their share of this process. */
@Component
@EnableConfigurationProperties(ExportProperties.class)
class ExportConcurrencyLimiter {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    private final ExportProperties properties;
    private final Map<UUID, Integer> taken = new HashMap<>();
    private int all;

    ExportConcurrencyLimiter(ExportProperties properties) {
        this.properties = properties;
    }

    /** To be closed when the export has ended, however it has. */
    interface Place extends AutoCloseable {

        @Override
        void close();
    }

    /** @throws RequestRejectionException 429 where the caller has as many as one may have, 503 where all have */
    synchronized Place take(Caller caller) {
        UUID who = caller.limitedId();
        int before = taken.getOrDefault(who, 0);
        if (before >= properties.perCaller()) {
            throw RequestRejectionException.retryable(
                    HttpStatus.TOO_MANY_REQUESTS,
                    "too-many-exports",
                    "You are being sent %d exports. Try again when one of them has ended.".formatted(before),
                    RETRY_AFTER);
        }
        if (all >= properties.atOnce()) {
            throw RequestRejectionException.retryable(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "too-many-exports",
                    "The service is sending as many exports as it can. Try again later.",
                    RETRY_AFTER);
        }
        taken.put(who, before + 1);
        all++;
        return () -> leave(who);
    }

    private synchronized void leave(UUID who) {
        taken.computeIfPresent(who, (id, count) -> count == 1 ? null : count - 1);
        all--;
    }
}
