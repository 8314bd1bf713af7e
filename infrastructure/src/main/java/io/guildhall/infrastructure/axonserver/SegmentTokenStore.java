package io.guildhall.infrastructure.axonserver;

import io.guildhall.infrastructure.projection.deadletter.DeadLetterMode;
import io.guildhall.infrastructure.projection.deadletter.DeadLetterRepository;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.WrappedToken;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.TokenSchema;
import org.axonframework.serialization.Serializer;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Axon's token store, which also keeps the position up to which each segment's events are projected. Other nodes read
 * the position; it never decreases.
 */
public final class SegmentTokenStore extends JdbcTokenStore {

    /** The name of the only event processor. */
    public static final String PROCESSOR = "read-models";

    /** After this time other nodes take over the segments of a node that does not respond. */
    static final Duration CLAIM_TIMEOUT = Duration.ofSeconds(6);

    /** Advisory lock: shared by batches, exclusive for a rebuild and for a batch that destroys keys. */
    static final long PROJECTION_LOCK = 0x6775696c64666565L;

    /** The database aborts a batch whose node is idle for 3 s, so that other nodes can continue. */
    private static final String TIMEOUT = ", set_config('idle_in_transaction_session_timeout', '3000', true)";

    private static final String SHARED = "select pg_advisory_xact_lock_shared(" + PROJECTION_LOCK + ")" + TIMEOUT;
    private static final String EXCLUSIVE = "select pg_advisory_xact_lock(" + PROJECTION_LOCK + ")" + TIMEOUT;

    private static final String LOCK = "select position, " + DeadLetterRepository.WAITING.formatted("any (?)")
            + " from read_models_segments where segment = ? for update";

    private final UUID node;
    private final JdbcTemplate jdbc;

    public SegmentTokenStore(JdbcTemplate jdbc, DataSource dataSource, Serializer serializer) {
        this(UUID.randomUUID(), jdbc, dataSource, serializer);
    }

    private SegmentTokenStore(UUID node, JdbcTemplate jdbc, DataSource dataSource, Serializer serializer) {
        super(JdbcTokenStore.builder()
                .nodeId(node.toString())
                .connectionProvider(new SpringDataSourceConnectionProvider(dataSource))
                .serializer(serializer)
                .contentType(String.class)
                .claimTimeout(CLAIM_TIMEOUT)
                .schema(TokenSchema.builder()
                        .setTokenTable("token_entry")
                        .setProcessorNameColumn("processor_name")
                        .setTokenTypeColumn("token_type")
                        .build()));
        this.node = node;
        this.jdbc = jdbc;
    }

    /** The id under which this node claims segments. */
    UUID node() {
        return node;
    }

    /** Returns the positions by segment; empty if events are in PostgreSQL. */
    public List<Long> positions() {
        return jdbc.queryForList("select position from read_models_segments order by segment", Long.class);
    }

    /**
     * Creates the segments, unless they exist.
     *
     * @param projected the position up to which the read models show events already
     * @param known the position of the last event older than this database; events up to it are replayed
     */
    public void begin(TransactionTemplate transaction, long projected, long known) {
        transaction.executeWithoutResult(status -> {
            int created = jdbc.update(
                    "insert into read_models_segments (segment, position) select n, ? from generate_series(0, ?) n"
                            + " on conflict do nothing",
                    projected,
                    Segments.COUNT - 1);
            if (created > 0) {
                initializeTokenSegments(PROCESSOR, Segments.COUNT, initialToken(projected, known));
            }
        });
    }

    private static @Nullable TrackingToken initialToken(long projected, long known) {
        TrackingToken end = tokenAt(known);
        return end == null ? null : ReplayToken.createReplayToken(end, tokenAt(projected));
    }

    /** Returns the token of a position; null for 0. */
    static @Nullable TrackingToken tokenAt(long position) {
        return position == 0 ? null : new GlobalSequenceTrackingToken(position - 1);
    }

    /** Deletes the segments, after the events have moved to PostgreSQL. */
    public void end() {
        jdbc.update("delete from token_entry");
        jdbc.update("delete from read_models_segments");
    }

    /**
     * Begins a batch's transaction.
     *
     * @param exclusive whether to wait for the other running batches and to block new ones
     */
    void enter(boolean exclusive) {
        jdbc.query(exclusive ? EXCLUSIVE : SHARED, row -> {});
    }

    /**
     * Locks a segment until the end of the transaction.
     *
     * @param sequences the trails, or else aggregates, of the batch's events
     * @return the position up to which its events are projected
     * @throws io.guildhall.infrastructure.projection.ProjectionException if one of the sequences has dead letters,
     *     outside of {@link DeadLetterMode}
     */
    long lock(int segment, Collection<String> sequences) {
        Long position = jdbc.queryForObject(
                LOCK,
                (row, n) -> {
                    if (row.getBoolean(2)) {
                        DeadLetterMode.requireActive();
                    }
                    return row.getLong(1);
                },
                sequences.toArray(String[]::new),
                segment);
        return position == null ? 0 : position;
    }

    @Override
    public void storeToken(TrackingToken token, String processorName, int segment) {
        super.storeToken(token, processorName, segment);
        // A replay that has not started has no position.
        WrappedToken.unwrap(token, GlobalSequenceTrackingToken.class)
                .ifPresent(reached -> jdbc.update(
                        "update read_models_segments set position = greatest(position, ?) where segment = ?",
                        reached.getGlobalIndex() + 1,
                        segment));
    }

    /** Records that all events up to a position are projected. */
    void advanceAll(long position) {
        jdbc.update("update read_models_segments set position = greatest(position, ?)", position);
    }
}
