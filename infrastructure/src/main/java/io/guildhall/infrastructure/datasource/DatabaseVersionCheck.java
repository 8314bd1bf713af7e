package io.guildhall.infrastructure.datasource;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.stereotype.Component;

/** Rejects a PostgreSQL that is too old or does not use UTF-8, before any table is created in it. */
@Component
class DatabaseVersionCheck implements Callback {

    /** The oldest supported version. */
    static final int OLDEST = 15;

    private static final String ANOTHER =
            "Name another by spring.datasource.url. Without that property a PostgreSQL is embedded.";

    @Override
    public boolean supports(Event event, Context context) {
        return event == Event.BEFORE_VALIDATE || event == Event.BEFORE_MIGRATE;
    }

    @Override
    public boolean canHandleInTransaction(Event event, Context context) {
        return true;
    }

    @Override
    public void handle(Event event, Context context) {
        try (Statement statement = context.getConnection().createStatement();
                ResultSet row = statement.executeQuery(
                        "select current_setting('server_version_num')::int / 10000, current_setting('server_encoding')")) {
            row.next();
            require(row.getInt(1), row.getString(2));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static void require(int version, String encoding) {
        if (version < OLDEST) {
            throw new FailureAnalyzedException(
                    "The database is a PostgreSQL %d, which is too old: it must be %d or later."
                            .formatted(version, OLDEST),
                    ANOTHER);
        }
        if (!encoding.equals("UTF8")) {
            throw new FailureAnalyzedException(
                    "The database has the encoding %s, which does not hold every character: it must be UTF8."
                            .formatted(encoding),
                    "Create one: create database guildhall encoding 'UTF8' template template0. " + ANOTHER);
        }
    }

    @Override
    public String getCallbackName() {
        return "database version check";
    }
}
