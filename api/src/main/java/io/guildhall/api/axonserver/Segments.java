package io.guildhall.api.axonserver;

import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * How far the read models show the events: the tables {@code read_models_position} and {@code read_models_segments}. A trail is
 * in one segment, always the same, and so is the stream of a claim. A row of a read model is made of the events of one of them; so
 * segments need not be equally far.
 */
final class Segments {

    /** As many processes can share the feeding, evenly if their number divides this. Another number needs a migration. */
    static final int COUNT = 12;

    /** Only from where they are expected to be, and in one order, so that two who try do not wait for each other for ever. */
    private static final String MOVE = """
            with expected as (
                select s.segment from read_models_segments s
                join unnest(?::integer[], ?::bigint[]) e(segment, position) on e.segment = s.segment and e.position = s.position
                order by s.segment for update of s)
            update read_models_segments s set position = ? from expected where s.segment = expected.segment
            """;

    private final JdbcTemplate jdbc;

    Segments(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Text's hash is the same in every process and for ever. */
    static int of(String sequence) {
        return Math.floorMod(sequence.hashCode(), COUNT);
    }

    /** Nothing where the events are not in an Axon Server. */
    Share all() {
        return read(null);
    }

    Share share(Collection<Integer> segments) {
        return read(segments.toArray(Integer[]::new));
    }

    private Share read(Integer @Nullable [] segments) {
        SortedMap<Integer, Long> positions = new TreeMap<>();
        jdbc.query(
                "select segment, position from read_models_segments where ?::integer[] is null or segment = any(?)",
                row -> {
                    positions.put(row.getInt(1), row.getLong(2));
                },
                segments,
                segments);
        return new Share(positions);
    }

    /** The position of the last event that was there before this database. */
    long knownFrom() {
        return jdbc.queryForObject("select known_from from read_models_position", (row, n) -> row.getLong(1));
    }

    /** All at one position, unless they are known already. */
    void begin(long position, long knownFrom) {
        jdbc.update("""
                with followed as (
                    insert into read_models_position (known_from) values (?) on conflict do nothing returning known_from)
                insert into read_models_segments (segment, position)
                select segment, ? from followed, generate_series(0, ?) segment
                """, knownFrom, position, COUNT - 1);
    }

    /** The read models follow no Axon Server any more. */
    void end() {
        jdbc.update("with all_of_them as (delete from read_models_segments) delete from read_models_position");
    }

    /** @throws Overtaken when some of them are not where they were, since another process has moved them */
    void move(Share share, long position) {
        List<Integer> segments = List.copyOf(share.positions().keySet());
        int moved = jdbc.update(
                MOVE,
                segments.toArray(Integer[]::new),
                share.positions().values().toArray(Long[]::new),
                position);
        if (moved < segments.size()) {
            throw new Overtaken();
        }
    }

    /** Somebody else has moved a segment. */
    static final class Overtaken extends IllegalStateException {

        private Overtaken() {
            super("Another process feeds some of the read models");
        }
    }
}
