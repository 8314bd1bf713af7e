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
 * Axon's claims of segments, and beside each token the position up to which the segment's events are projected. The position is a
 * number of the database's own: other nodes read it, and it never goes back.
 */
public final class SegmentTokenStore extends JdbcTokenStore {

    /** The one event processor. */
    public static final String PROCESSOR = "read-models";

    /** The segments of a node that is dead, or does not answer, are taken over after this time. */
    static final Duration CLAIM_TIMEOUT = Duration.ofSeconds(6);

    /** Advisory lock: each batch shares it; a rebuild, or a batch that destroys keys, has it alone. */
    static final long GATE = 0x6775696c64666565L;

    /** The database aborts a batch whose node does not go on for 3 s, so that the others can. */
    private static final String TIMEOUT = ", set_config('idle_in_transaction_session_timeout', '3000', true)";

    private static final String SHARED = "select pg_advisory_xact_lock_shared(" + GATE + ")" + TIMEOUT;
    private static final String ALONE = "select pg_advisory_xact_lock(" + GATE + ")" + TIMEOUT;

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

    /** The owner of this node's claims. */
    UUID node() {
        return node;
    }

    /** Of each segment, in their order; empty where the events are not in an Axon Server. */
    public List<Long> positions() {
        return jdbc.queryForList("select position from read_models_segments order by segment", Long.class);
    }

    /**
     * Begins to project, unless that was begun before.
     *
     * @param projected the position up to which the read models show the events already
     * @param known the last position of the events that were there before this database: those are replayed
     */
    public void begin(TransactionTemplate transaction, long projected, long known) {
        transaction.executeWithoutResult(status -> {
            int begun = jdbc.update(
                    "insert into read_models_segments (segment, position) select n, ? from generate_series(0, ?) n"
                            + " on conflict do nothing",
                    projected,
                    Segments.COUNT - 1);
            if (begun > 0) {
                initializeTokenSegments(PROCESSOR, Segments.COUNT, initialToken(projected, known));
            }
        });
    }

    private static @Nullable TrackingToken initialToken(long projected, long known) {
        TrackingToken end = tokenAt(known);
        return end == null ? null : ReplayToken.createReplayToken(end, tokenAt(projected));
    }

    /** The token of the event at a position; null in front of all events. */
    static @Nullable TrackingToken tokenAt(long position) {
        return position == 0 ? null : new GlobalSequenceTrackingToken(position - 1);
    }

    /** The read models follow no Axon Server any more. */
    public void end() {
        jdbc.update("delete from token_entry");
        jdbc.update("delete from read_models_segments");
    }

    /**
     * For the beginning of a batch's transaction.
     *
     * @param alone waits until no other batch is under way, and keeps others out
     */
    void enter(boolean alone) {
        jdbc.query(alone ? ALONE : SHARED, row -> {});
    }

    /**
     * Keeps others from projecting the segment until the end of the transaction.
     *
     * @return the position up to which its events are projected
     * @throws io.guildhall.infrastructure.projection.ProjectionException when dead letters of the sequences wait, and {@link DeadLetterMode} is not active
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
        // A replay that has not begun has no position.
        WrappedToken.unwrap(token, GlobalSequenceTrackingToken.class)
                .ifPresent(reached -> jdbc.update(
                        "update read_models_segments set position = greatest(position, ?) where segment = ?",
                        reached.getGlobalIndex() + 1,
                        segment));
    }

    /** All events up to there are projected. */
    void advanceAll(long position) {
        jdbc.update("update read_models_segments set position = greatest(position, ?)", position);
    }
}
