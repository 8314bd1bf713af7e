package io.guildhall.api.home;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in a sentence that the database which the configuration names does not answer, does not exist, or lets us not in. */
class UnusableDatabase extends AbstractFailureAnalyzer<PSQLException> {

    /** SQLSTATE's classes: no connection, no authorization, no such database. */
    private static final String[] CLASSES = {"08", "28", "3D"};

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable failure, PSQLException cause) {
        String state = cause.getSQLState();
        if (state == null || Stream.of(CLASSES).noneMatch(state::startsWith)) {
            return null;
        }
        return new FailureAnalysis(
                "The database cannot be used: %s".formatted(cause.getMessage()),
                "Start it, or correct spring.datasource.url, spring.datasource.username, spring.datasource.password. Without"
                        + " spring.datasource.url Guildhall uses a PostgreSQL of its own.",
                cause);
    }
}
