package io.guildhall.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Properties;
import java.util.StringJoiner;

/** Where the service's PostgreSQL is. */
record Database(String url, String user, String password) {

    private static final String[] TELLING = {
        "fsync",
        "synchronous_commit",
        "full_page_writes",
        "wal_sync_method",
        "commit_delay",
        "wal_level",
        "shared_buffers",
        "max_wal_size"
    };

    /** The embedded one of a home. */
    static Database embeddedIn(Path home) throws IOException {
        return new Database(
                "jdbc:postgresql://127.0.0.1:%s/postgres"
                        .formatted(Files.readAllLines(home.resolve("database/postmaster.pid"))
                                .get(3)
                                .strip()),
                "guildhall",
                Files.readString(home.resolve("database.password")).strip());
    }

    Connection connect() throws SQLException {
        var login = new Properties();
        login.setProperty("user", user);
        login.setProperty("password", password);
        return DriverManager.getConnection(url, login);
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Its version, and the settings that decide what a durable write costs. */
    String describe() throws SQLException {
        try (Connection connection = connect();
                var statement = connection.createStatement()) {
            var said = new StringJoiner(", ", "PostgreSQL ", "");
            for (String setting : TELLING) {
                said.add(setting + "=" + shown(statement.executeQuery("show " + setting)));
            }
            return said.toString()
                    .replaceFirst(" ", " " + connection.getMetaData().getDatabaseProductVersion() + " ");
        }
    }

    private static String shown(ResultSet result) throws SQLException {
        try (result) {
            result.next();
            return result.getString(1);
        }
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "Database[url=%s]".formatted(url);
    }
}
