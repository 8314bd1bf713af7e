package io.guildhall.infrastructure.datasource;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains in one sentence that the database does not answer, does not exist, or rejects the login. */
class UnusableDatabaseFailureAnalyzer extends AbstractFailureAnalyzer<PSQLException> {

    /** Classes of SQLSTATE: connection exception, invalid authorization, invalid catalog name. */
    private static final String[] CLASSES = {"08", "28", "3D"};

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable failure, PSQLException cause) {
        String state = cause.getSQLState();
        if (state == null || Stream.of(CLASSES).noneMatch(state::startsWith)) {
            return null;
        }
        return new FailureAnalysis(
                "The database cannot be used: %s".formatted(cause.getMessage()),
                "Start it, or correct spring.datasource.url, spring.datasource.username and spring.datasource.password. Without"
                        + " spring.datasource.url a PostgreSQL is embedded; its password is in the file database.password of the home.",
                cause);
    }
}
