package io.guildhall.benchmarks;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.postgresql.PGConnection;

/** The least that a rebuild can cost here: reading the events by plain JDBC, writing the same rows by COPY, and nothing in between. */
final class RebuildFloor {

    private static final String SCHEMA = "benchmark_floor";
    private static final int FETCH = 4_096;
    private static final int BUFFER = 1 << 20;
    private static final int PAGE = 2_000;
    private static final int PAGES = 25;

    private final Database database;
    private final Map<String, Path> rows = new TreeMap<>();

    RebuildFloor(Database database) {
        this.database = database;
    }

    long count() throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from events")) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Every column is made an object of, as any program would. */
    void read() throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.setFetchSize(FETCH);
            take(statement.executeQuery("select * from events order by position"));
        }
    }

    private static void take(ResultSet rows) throws SQLException {
        int columns = rows.getMetaData().getColumnCount();
        while (rows.next()) {
            for (int column = 1; column <= columns; column++) {
                rows.getObject(column);
            }
        }
    }

    /** Puts the rows of all projections aside, and makes empty tables like theirs, with the same indexes. */
    List<String> unload(Path directory) throws SQLException, IOException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("drop schema if exists " + SCHEMA + " cascade");
            statement.execute("create schema " + SCHEMA);
            for (String table : projections(statement)) {
                Path file = directory.resolve(table + ".rows");
                try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER)) {
                    connection
                            .unwrap(PGConnection.class)
                            .getCopyAPI()
                            .copyOut(
                                    "copy (select %s from %s) to stdout".formatted(columns(statement, table), table),
                                    out);
                }
                rows.put(table, file);
                statement.execute("create table %s.%s (like %s including all)".formatted(SCHEMA, table, table));
            }
        }
        return List.copyOf(rows.keySet());
    }

    void write(String table) throws SQLException, IOException {
        Path file = rows.get(table);
        if (file == null) {
            throw new IllegalArgumentException(table);
        }
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(
                            "copy %s.%s (%s) from stdin".formatted(SCHEMA, table, columns(statement, table)),
                            in,
                            BUFFER);
            Files.delete(file);
        }
    }

    private static List<String> projections(Statement statement) throws SQLException {
        List<String> names = new ArrayList<>();
        try (ResultSet row = statement.executeQuery("select name from projections order by name")) {
            while (row.next()) {
                names.add(row.getString(1));
            }
        }
        return names;
    }

    private static String columns(Statement statement, String table) throws SQLException {
        try (ResultSet row = statement.executeQuery("""
                select string_agg(quote_ident(attname), ', ' order by attnum) from pg_attribute
                where attrelid = 'public.%s'::regclass and attnum > 0 and not attisdropped and attgenerated = ''
                """.formatted(table))) {
            row.next();
            return row.getString(1);
        }
    }

    /** Whether reading slows down with history: pages and whole streams at its beginning, in the middle and at its end. */
    String depths(long count) throws SQLException {
        var table = new StringBuilder(
                "| read at | pages of %,d: events/s | a stream: ms |%n| --- | --: | --: |%n".formatted(PAGE));
        try (Connection connection = database.connect();
                PreparedStatement page = connection.prepareStatement(
                        "select * from events where position > ? and position <= ? order by position limit " + PAGE);
                PreparedStatement stream = connection.prepareStatement(
                        "select * from events where stream = (select stream from events where position = ?) order by sequence")) {
            for (int percent : List.of(0, 50, 95)) {
                long from = count * percent / 100;
                table.append(String.format(
                        Locale.ROOT,
                        "| %d %% | %,.0f | %.2f |%n",
                        percent,
                        PAGE / median(page, from, true),
                        1e3 * median(stream, Math.max(1, from), false)));
            }
        }
        return table.toString();
    }

    private static double median(PreparedStatement statement, long from, boolean paged) throws SQLException {
        double[] seconds = new double[PAGES];
        for (int n = 0; n < PAGES; n++) {
            long begun = System.nanoTime();
            statement.setLong(1, from + (long) n * PAGE);
            if (paged) {
                statement.setLong(2, Long.MAX_VALUE);
            }
            try (ResultSet rows = statement.executeQuery()) {
                take(rows);
            }
            seconds[n] = (System.nanoTime() - begun) / 1e9;
        }
        Arrays.sort(seconds);
        return seconds[PAGES / 2];
    }
}
