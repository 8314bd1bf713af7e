package io.guildhall.api.error;

import io.guildhall.infrastructure.command.StoreUnavailableException;
import io.guildhall.query.session.AccessUndeterminedException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.CannotCreateTransactionException;

/** Tells an unavailable store from a defect. */
final class StoreFailures {

    private StoreFailures() {}

    static boolean isBehind(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StoreUnavailableException
                    || cause instanceof AccessUndeterminedException
                    || cause instanceof CannotGetJdbcConnectionException
                    || cause instanceof CannotCreateTransactionException
                    || cause instanceof SQLTransientConnectionException
                    || cause instanceof SQLException sql && isConnectionLost(sql)) {
                return true;
            }
        }
        return false;
    }

    /** Classes 08 (connection), 53 (resources), 57 (operator intervention), 58 (system error), and none: the pool has closed the connection. */
    private static boolean isConnectionLost(SQLException failure) {
        String state = failure.getSQLState();
        return state == null || state.matches("(08|53|57|58).*");
    }
}
