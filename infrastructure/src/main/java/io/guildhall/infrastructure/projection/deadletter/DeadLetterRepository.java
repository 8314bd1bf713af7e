package io.guildhall.infrastructure.projection.deadletter;

import io.guildhall.domain.EventTypes;
import io.guildhall.infrastructure.projection.Projection;
import io.guildhall.infrastructure.projection.ProjectionWriter;
import io.guildhall.infrastructure.projection.TrailSequence;
import io.guildhall.infrastructure.projection.TrailSequencingPolicy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.axonframework.eventhandling.DomainEventMessage;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The table {@code dead_letters}. The rows of one processing group and trail are a queue, ordered by position. */
@Component
public class DeadLetterRepository {

    /** SQL: whether a trail has dead letters. {@code %s} stands for the trail. */
    public static final String WAITING = "exists (select from dead_letters waiting where waiting.trail = %s)";

    /** Key of the advisory locks, together with a hash of the trail. */
    private static final int LOCK = 0x646c6574;

    private static final String ENQUEUE = """
            insert into dead_letters (position, projection, trail, sequence, event, occurred_at, ends_access, reason)
            values (%s, ?, ?, %s, ?, ?, ?, ?)
            on conflict do nothing
            """;
    private static final String ENQUEUE_STORED = ENQUEUE.formatted("?", "?");
    private static final String ENQUEUE_APPENDED = ENQUEUE.formatted(
            "(select position from events where event_id = ?)", TrailSequence.OF_EVENT.formatted("?"));

    private static final String SELECT =
            "select letter, projection, trail, position, sequence, event, occurred_at, reason, attempts, parked from dead_letters ";

    private final JdbcTemplate jdbc;
    private final ProjectionWriter projectionWriter;
    private final Map<String, Projection> projections;

    DeadLetterRepository(JdbcTemplate jdbc, ProjectionWriter projectionWriter, List<Projection> projections) {
        this.jdbc = jdbc;
        this.projectionWriter = projectionWriter;
        this.projections =
                projections.stream().collect(Collectors.toUnmodifiableMap(Projection::name, Function.identity()));
    }

    /** Locks the dead letters of a trail until the end of the transaction. */
    void lock(String trail) {
        jdbc.query("select pg_advisory_xact_lock(?, hashtext(?))", row -> {}, LOCK, trail);
    }

    /** The trail must be {@link #lock locked}. */
    boolean holds(String projection, String trail) {
        return Boolean.TRUE.equals(jdbc.queryForObject(
                "select exists (select from dead_letters where trail = ? and projection = ?)",
                Boolean.class,
                trail,
                projection));
    }

    /**
     * Adds a dead letter together with the other statements of the unit of work.
     *
     * @param position null if the event is being appended to the table {@code events}
     * @param reason null if it waits behind another
     */
    void park(String projection, DomainEventMessage<?> event, @Nullable Long position, @Nullable String reason) {
        Projection target = projections.get(projection);
        UUID id = UUID.fromString(event.getIdentifier());
        projectionWriter.put(
                position == null ? ENQUEUE_APPENDED : ENQUEUE_STORED,
                position == null ? id : position,
                projection,
                TrailSequencingPolicy.sequenceOf(event),
                position == null ? id : TrailSequence.known(event),
                EventTypes.nameOf(event.getPayloadType()),
                event.getTimestamp(),
                target != null && target.endsAccess(event.getPayload()),
                reason);
    }

    /** Lists dead letters of one processing group, or of all if null, by position. */
    public List<DeadLetter> list(@Nullable String projection, long limit, long offset) {
        return projection == null
                ? jdbc.query(
                        SELECT + "order by position, projection limit ? offset ?",
                        DeadLetterRepository::letter,
                        limit,
                        offset)
                : jdbc.query(
                        SELECT + "where projection = ? order by position limit ? offset ?",
                        DeadLetterRepository::letter,
                        projection,
                        limit,
                        offset);
    }

    /** Counts the dead letters of one processing group, or of all if null. */
    public long count(@Nullable String projection) {
        Map<String, Long> counts = counts();
        return projection == null
                ? counts.values().stream().mapToLong(Long::longValue).sum()
                : counts.getOrDefault(projection, 0L);
    }

    /** Counts by processing group; groups without dead letters are absent. */
    public Map<String, Long> counts() {
        Map<String, Long> counts = new HashMap<>();
        jdbc.query("select projection, count(*) from dead_letters group by projection", row -> {
            counts.put(row.getString(1), row.getLong(2));
        });
        return counts;
    }

    public @Nullable DeadLetter find(UUID id) {
        List<DeadLetter> found = jdbc.query(SELECT + "where letter = ?", DeadLetterRepository::letter, id);
        return found.isEmpty() ? null : found.getFirst();
    }

    /** Returns the queues of one processing group, or of all if null, oldest first. */
    List<Queue> queues(@Nullable String projection) {
        return jdbc.query("""
                select projection, trail from dead_letters where ?::text is null or projection = ?
                group by projection, trail order by min(position)
                """, (row, n) -> new Queue(row.getString(1), row.getString(2)), projection, projection);
    }

    record Queue(String projection, String trail) {}

    /** Returns the first dead letters of a queue and locks their rows. */
    List<DeadLetter> take(Queue queue, int atMost) {
        return jdbc.query(
                SELECT + "where trail = ? and projection = ? order by position limit ? for update",
                DeadLetterRepository::letter,
                queue.trail(),
                queue.projection(),
                atMost);
    }

    void delivered(DeadLetter letter) {
        jdbc.update("delete from dead_letters where letter = ?", letter.id());
    }

    void refused(DeadLetter letter, String reason) {
        jdbc.update(
                "update dead_letters set reason = ?, attempts = attempts + 1 where letter = ?", reason, letter.id());
    }

    /** Deletes the dead letters of rebuilt projections, in the transaction that swaps their tables. */
    public void forgetProjected(List<String> rebuilt) {
        // A concurrent retry would write to the new tables: wait for it, or let it find nothing.
        jdbc.execute("lock table dead_letters in exclusive mode");
        jdbc.update("delete from dead_letters where projection = any(?)", (Object) rebuilt.toArray(String[]::new));
    }

    private static DeadLetter letter(ResultSet row, int n) throws SQLException {
        return new DeadLetter(
                row.getObject(1, UUID.class),
                row.getString(2),
                row.getString(3),
                row.getLong(4),
                row.getLong(5),
                row.getString(6),
                row.getObject(7, OffsetDateTime.class).toInstant(),
                row.getString(8),
                row.getInt(9),
                row.getObject(10, OffsetDateTime.class).toInstant());
    }
}
