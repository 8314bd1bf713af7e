package io.guildhall.infrastructure.axonserver;

import io.grpc.StatusRuntimeException;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The Axon Server does not answer. Also tells the failures of Axon apart, which has no types for them. */
public final class AxonServerUnavailableException extends RuntimeException {

    /** A sequence number that another append has taken. The server says so in its message only. */
    private static final String INVALID_SEQUENCE = "[AXONIQ-2000]";

    AxonServerUnavailableException(@Nullable Throwable cause) {
        super("The Axon Server does not answer", cause);
    }

    /** Whether another append to one of the command's streams was faster: nothing of the command was stored. */
    public static boolean isLostRace(Throwable failure) {
        return anyCause(failure, cause -> String.valueOf(cause.getMessage()).contains(INVALID_SEQUENCE));
    }

    /** Whether the server is the reason of a failure. What was being appended may be stored or not. */
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
