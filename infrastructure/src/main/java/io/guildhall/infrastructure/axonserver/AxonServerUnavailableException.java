package io.guildhall.infrastructure.axonserver;

import io.grpc.StatusRuntimeException;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The Axon Server does not answer. Also classifies Axon's failures, which have no types of their own. */
public final class AxonServerUnavailableException extends RuntimeException {

    /** Error code of a sequence number that another append has used. It appears in the message only. */
    private static final String INVALID_SEQUENCE = "[AXONIQ-2000]";

    AxonServerUnavailableException(@Nullable Throwable cause) {
        super("The Axon Server does not answer", cause);
    }

    /** Whether a concurrent append to the same aggregate won. Nothing of the command was stored. */
    public static boolean isLostRace(Throwable failure) {
        return anyCause(failure, cause -> String.valueOf(cause.getMessage()).contains(INVALID_SEQUENCE));
    }

    /** Whether the server caused a failure. An append may or may not have been stored. */
    public static boolean isReasonOf(Throwable failure) {
        return anyCause(
                failure,
                cause -> cause instanceof AxonServerUnavailableException
                        || cause instanceof StatusRuntimeException
                        || cause instanceof org.axonframework.messaging.ExecutionException
                        || cause.getClass().getName().startsWith("io.axoniq.axonserver.")
                        || cause.getClass().getName().startsWith("org.axonframework.axonserver."));
    }

    private static boolean anyCause(Throwable failure, Predicate<Throwable> condition) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).anyMatch(condition);
    }
}
