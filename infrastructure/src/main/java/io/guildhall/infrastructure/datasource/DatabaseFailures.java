package io.guildhall.infrastructure.datasource;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.TransactionSystemException;

/** Tells failures of the database apart: by Spring's exceptions, and by SQLSTATE where Spring does not translate it. */
public final class DatabaseFailures {

    /** Connection, resources, operator intervention, system error. */
    private static final Pattern UNAVAILABLE = Pattern.compile("(08|53|57|58).*");

    /** Also transaction state, rollback and locks. */
    private static final Pattern TRANSIENT = Pattern.compile("(08|25|40|53|55|57|58).*");

    private static final Pattern LOCK_NOT_AVAILABLE = Pattern.compile("55P03");

    private DatabaseFailures() {}

    /** Whether the store did not answer. What was being written may be stored or not. */
    public static boolean isUnavailable(Throwable failure) {
        return causes(failure)
                .anyMatch(cause -> cause instanceof StoreUnavailableException
                        || cause instanceof DataAccessResourceFailureException
                        || cause instanceof TransientDataAccessResourceException
                        || cause instanceof RecoverableDataAccessException
                        || cause instanceof CannotCreateTransactionException
                        || cause instanceof TransactionSystemException
                        || cause instanceof SQLTransientConnectionException
                        || hasState(cause, UNAVAILABLE, true));
    }

    /** Whether the same work may succeed when it is tried again: after a lost race, or once the database answers. */
    public static boolean isTransient(Throwable failure) {
        return causes(failure)
                .anyMatch(cause -> cause instanceof TransientDataAccessException
                        || cause instanceof RecoverableDataAccessException
                        || cause instanceof NonTransientDataAccessResourceException
                        || cause instanceof TransactionException
                        || hasState(cause, TRANSIENT, true));
    }

    /** Whether a lock was not granted within {@code lock_timeout}. */
    public static boolean isLockTimeout(Throwable failure) {
        return causes(failure).anyMatch(cause -> hasState(cause, LOCK_NOT_AVAILABLE, false));
    }

    /** The failure and its causes. */
    public static Stream<Throwable> causes(@Nullable Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
    }

    /** @param orNone whether no state matches, too: the pool has closed the connection */
    private static boolean hasState(Throwable failure, Pattern states, boolean orNone) {
        return failure instanceof SQLException sql
                && (sql.getSQLState() == null
                        ? orNone
                        : states.matcher(sql.getSQLState()).matches());
    }
}
