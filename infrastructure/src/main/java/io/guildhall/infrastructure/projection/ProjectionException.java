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
 * An event that cannot be projected, today as tomorrow: a fault of the projection, or of what it is given. What may go well when
 * it is tried again, such as a lost race or a database that is away, is none and stays what it was thrown as.
 */
public final class ProjectionException extends IllegalStateException {

    /** Connection, rollback (lost races), resources, locks, cancelled statements and shutdowns, system errors. */
    private static final Pattern PASSES = Pattern.compile("(08|25|40|53|55|57|58).*");

    private static final Set<Class<? extends Exception>> PASSING = Set.of(
            TransientDataAccessException.class,
            RecoverableDataAccessException.class,
            NonTransientDataAccessResourceException.class,
            TransactionException.class);

    private static final int LONGEST = 300;

    private final String reason;

    private ProjectionException(String reason, @Nullable Throwable cause) {
        super("An event cannot be projected: " + reason, cause);
        this.reason = reason;
    }

    public static ProjectionException because(String reason) {
        return new ProjectionException(reason, null);
    }

    /** What to throw for a failure: itself, or that the event cannot be projected. */
    public static Exception meaning(Exception failure) {
        return failure instanceof ProjectionException || passes(failure)
                ? failure
                : new ProjectionException(reason(failure), failure);
    }

    /** Null when it means something else. */
    public static @Nullable ProjectionException in(@Nullable Throwable failure) {
        return causes(failure)
                .filter(ProjectionException.class::isInstance)
                .map(ProjectionException.class::cast)
                .findFirst()
                .orElse(null);
    }

    /** Which error, at which line of which class, against which table and constraint: without any value, which may be personal. */
    public String reason() {
        return reason;
    }

    private static boolean passes(Exception failure) {
        return causes(failure)
                .anyMatch(cause -> PASSING.stream().anyMatch(kind -> kind.isInstance(cause))
                        || cause instanceof InterruptedException
                        || cause instanceof SQLException sql
                                && (sql.getSQLState() == null
                                        || PASSES.matcher(sql.getSQLState()).matches()));
    }

    private static String reason(Exception failure) {
        String what = failure.getClass().getSimpleName();
        String database = causes(failure)
                .filter(SQLException.class::isInstance)
                .map(cause -> described((SQLException) cause))
                .findFirst()
                .orElseGet(() -> " " + place(failure));
        String reason = what + database;
        return reason.length() > LONGEST ? reason.substring(0, LONGEST) : reason;
    }

    private static String described(SQLException failure) {
        ServerErrorMessage said = failure instanceof PSQLException ours ? ours.getServerErrorMessage() : null;
        Stream<@Nullable String> named = said == null
                ? Stream.of(failure.getSQLState())
                : Stream.of(failure.getSQLState(), said.getTable(), said.getColumn(), said.getConstraint());
        return named.filter(Objects::nonNull).reduce("", (all, one) -> all + " " + one);
    }

    private static String place(Throwable failure) {
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
