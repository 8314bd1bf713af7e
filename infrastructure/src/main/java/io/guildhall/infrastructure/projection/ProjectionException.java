package io.guildhall.infrastructure.projection;

import java.sql.SQLException;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * An event cannot be projected, and a retry would not help: the projection or the event is faulty. Transient failures,
 * such as a lost race or an unreachable database, keep their own type.
 */
public final class ProjectionException extends IllegalStateException {

    /**
     * SQLSTATE classes: connection, rollback (lost races), resources, locks, cancelled statements and shutdowns, system
     * errors.
     */
    private static final Pattern TRANSIENT_SQL_STATES = Pattern.compile("(08|25|40|53|55|57|58).*");

    private static final Set<Class<? extends Exception>> TRANSIENT_EXCEPTIONS = Set.of(
            TransientDataAccessException.class,
            RecoverableDataAccessException.class,
            NonTransientDataAccessResourceException.class,
            TransactionException.class);

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
        return causes(failure)
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
        return causes(failure)
                .anyMatch(cause -> TRANSIENT_EXCEPTIONS.stream().anyMatch(kind -> kind.isInstance(cause))
                        || cause instanceof InterruptedException
                        || cause instanceof SQLException sql
                                && (sql.getSQLState() == null
                                        || TRANSIENT_SQL_STATES
                                                .matcher(sql.getSQLState())
                                                .matches()));
    }

    private static String reason(Exception failure) {
        String what = failure.getClass().getSimpleName();
        String database = causes(failure)
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

    private static Stream<Throwable> causes(@Nullable Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
    }
}
