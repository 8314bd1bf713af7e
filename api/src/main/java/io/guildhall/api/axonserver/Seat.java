package io.guildhall.api.axonserver;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A process's place among those that feed the read models, and the segments that are its own. All of it are advisory locks of one
 * connection, which the database takes back when the process dies or is cut off: then the others see that they are fewer. Who
 * hangs without dying has its connection ended by another.
 */
final class Seat implements AutoCloseable {

    /** Of locks, the first half of their keys: one for each process, with a number that no two of them have. */
    private static final int SEATS = 0x67687365;

    /** Likewise, one for each segment that is somebody's. */
    private static final int SEGMENTS = 0x67686667;

    private static final String HOLDERS = """
            select %s from pg_locks
            where locktype = 'advisory' and classid::bigint = %d and objsubid = 2 and granted
              and database = (select oid from pg_database where datname = current_database())
            """;

    /** How many there are, and how many of them come before this one. */
    private static final String NEIGHBOURS =
            HOLDERS.formatted("count(*), count(*) filter (where objid::bigint < pg_backend_pid())", SEATS);

    private final Connection connection;
    private final TreeSet<Integer> held = new TreeSet<>();

    private Seat(Connection connection) {
        this.connection = connection;
    }

    /** @param connection used for nothing else meanwhile */
    static Seat take(Connection connection) throws SQLException {
        var seat = new Seat(connection);
        seat.ask("select pg_try_advisory_lock(%d, pg_backend_pid())".formatted(SEATS));
        return seat;
    }

    List<Integer> held() {
        return List.copyOf(held);
    }

    /**
     * Gives back what others have too few of, and takes what is free until it has its part: as many as any other, or one more. What it
     * has it keeps, if it can.
     *
     * @return whether it has others than before
     */
    boolean settle() throws SQLException {
        int part = part();
        boolean changed = false;
        while (held.size() > part) {
            ask("select pg_advisory_unlock(%d, %d)".formatted(SEGMENTS, held.pollLast()));
            changed = true;
        }
        for (int segment : free()) {
            if (held.size() < part && ask("select pg_try_advisory_lock(%d, %d)".formatted(SEGMENTS, segment))) {
                held.add(segment);
                changed = true;
            }
        }
        return changed;
    }

    /** Takes these segments from whoever has them: that one's place is gone when it finds out. */
    void takeFrom(List<Integer> hanging) throws SQLException {
        String segments = hanging.stream().map(String::valueOf).collect(Collectors.joining(", "));
        ask(HOLDERS.formatted("count(pg_terminate_backend(pid)) > 0", SEGMENTS) + " and objid::bigint in (" + segments
                + ")");
    }

    private List<Integer> free() {
        List<Integer> free = new ArrayList<>();
        for (int segment = 0; segment < Segments.COUNT; segment++) {
            if (!held.contains(segment)) {
                free.add(segment);
            }
        }
        return free;
    }

    private int part() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet neighbours = statement.executeQuery(NEIGHBOURS)) {
            neighbours.next();
            int seats = neighbours.getInt(1);
            int before = neighbours.getInt(2);
            return Segments.COUNT / seats + (before < Segments.COUNT % seats ? 1 : 0);
        }
    }

    private boolean ask(String question) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(question)) {
            return answer.next() && answer.getBoolean(1);
        }
    }

    @Override
    public void close() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("select pg_advisory_unlock_all()");
        }
    }
}
