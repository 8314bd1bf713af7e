package io.guildhall.infrastructure.projection;

import io.guildhall.infrastructure.datasource.DatabaseFailures;
import java.sql.SQLException;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * An event cannot be projected, and a retry would not help: the projection or the event is faulty. Transient failures,
 * such as a lost race or an unreachable database, keep their own type.
 */
public final class ProjectionException extends IllegalStateException {

    private static final int MAX_REASON_LENGTH = 300;

    private final String reason;

    private ProjectionException(String reason, @Nullable Throwable cause) {
        super("An event cannot be projected: " + reason, cause);
        this.reason = reason;
    }

    public static ProjectionException because(String reason) {
        return new ProjectionException(reason, null);
    }

    /** Returns transient failures as they are, and wraps every other in a {@code ProjectionException}. */
    public static Exception meaning(Exception failure) {
        return failure instanceof ProjectionException || isTransient(failure)
                ? failure
                : new ProjectionException(reason(failure), failure);
    }

    /** Returns the {@code ProjectionException} among a failure and its causes, or null. */
    public static @Nullable ProjectionException in(@Nullable Throwable failure) {
        return DatabaseFailures.causes(failure)
                .filter(ProjectionException.class::isInstance)
                .map(ProjectionException.class::cast)
                .findFirst()
                .orElse(null);
    }

    /** The error with its line of code or its table and constraint. Contains no values, which may be personal data. */
    public String reason() {
        return reason;
    }

    private static boolean isTransient(Exception failure) {
        return DatabaseFailures.isTransient(failure)
                || DatabaseFailures.causes(failure).anyMatch(InterruptedException.class::isInstance);
    }

    private static String reason(Exception failure) {
        String what = failure.getClass().getSimpleName();
        String database = DatabaseFailures.causes(failure)
                .filter(SQLException.class::isInstance)
                .map(cause -> describe((SQLException) cause))
                .findFirst()
                .orElseGet(() -> " " + location(failure));
        String reason = what + database;
        return reason.length() > MAX_REASON_LENGTH ? reason.substring(0, MAX_REASON_LENGTH) : reason;
    }

    private static String describe(SQLException failure) {
        ServerErrorMessage server = failure instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
        Stream<@Nullable String> named = server == null
                ? Stream.of(failure.getSQLState())
                : Stream.of(failure.getSQLState(), server.getTable(), server.getColumn(), server.getConstraint());
        return named.filter(Objects::nonNull).reduce("", (all, one) -> all + " " + one);
    }

    private static String location(Throwable failure) {
        return Stream.of(failure.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith("io.guildhall."))
                .findFirst()
                .map(frame -> "at %s:%d".formatted(frame.getFileName(), frame.getLineNumber()))
                .orElse("");
    }
}
