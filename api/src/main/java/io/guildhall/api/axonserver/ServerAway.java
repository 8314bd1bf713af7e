package io.guildhall.api.axonserver;

import io.grpc.StatusRuntimeException;
import org.jspecify.annotations.Nullable;

/** The Axon Server does not answer; and how what Axon throws is told apart, which has no types for it. */
public final class ServerAway extends RuntimeException {

    /** A sequence number that another append has taken. The server says so in words alone. */
    private static final String INVALID_SEQUENCE = "[AXONIQ-2000]";

    ServerAway(@Nullable Throwable cause) {
        super("The Axon Server does not answer", cause);
    }

    /** Whether another append to one of the command's streams was faster: nothing of the command was stored. */
    public static boolean isLostRace(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause.getMessage() != null && cause.getMessage().contains(INVALID_SEQUENCE)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the server is why it failed. What was being appended may be stored or not. */
    public static boolean isBehind(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String type = cause.getClass().getName();
            if (cause instanceof ServerAway
                    || cause instanceof StatusRuntimeException
                    || cause instanceof org.axonframework.messaging.ExecutionException
                    || type.startsWith("io.axoniq.axonserver.")
                    || type.startsWith("org.axonframework.axonserver.")) {
                return true;
            }
        }
        return false;
    }
}
