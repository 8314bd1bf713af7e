package io.guildhall.infrastructure.projection.rebuild;

import io.guildhall.infrastructure.projection.Projection;
import io.guildhall.infrastructure.projection.deadletter.DeadLetterRepository;
import io.guildhall.infrastructure.projection.rebuild.ProjectionReplayer.RebuildCancelledException;
import io.guildhall.infrastructure.projection.rebuild.ProjectionReplayer.Target;
import io.guildhall.infrastructure.projection.rebuild.ProjectionReplayer.UnprojectableEventException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.axonframework.eventhandling.AnnotationEventHandlerAdapter;
import org.axonframework.eventhandling.EventMessageHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Rebuilds projections from all events without interrupting reads and writes: fills shadow tables, compares them with
 * the tables in use at one position, and swaps them in one transaction. Can be killed at any moment: the tables in use
 * stay, and any node resumes after the last written batch.
 */
@Component
public class Rebuilder {

    private static final Logger LOG = LoggerFactory.getLogger(Rebuilder.class);

    /** Advisory lock: one node rebuilds at a time. */
    private static final long LOCK = 0x6775696c64686c6cL;

    /** Number of indexes created in parallel. */
    private static final int INDEX_THREADS = 2;

    /** Events that may be projected while appends are blocked. */
    private static final int MAX_EVENTS_WHILE_BLOCKED = 200;

    private final Map<String, Projection> projections;
    private final GlobalEventReader events;
    private final RebuildRepository rebuilds;
    private final ProjectionVersionRepository versions;
    private final DeadLetterRepository deadLetters;
    private final ProjectionReplayer replayer;
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final DataSource dataSource;
    private final RebuildThrottle throttle;

    Rebuilder(
            List<Projection> projections,
            GlobalEventReader events,
            RebuildRepository rebuilds,
            ProjectionVersionRepository versions,
            DeadLetterRepository deadLetters,
            ProjectionReplayer replayer,
            JdbcTemplate jdbc,
            TransactionTemplate transaction,
            DataSource dataSource,
            RebuildThrottle throttle) {
        this.projections = new TreeMap<>(
                projections.stream().collect(Collectors.toMap(Projection::name, projection -> projection)));
        this.events = events;
        this.rebuilds = rebuilds;
        this.versions = versions;
        this.deadLetters = deadLetters;
        this.replayer = replayer;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.dataSource = dataSource;
        this.throttle = throttle;
    }

    public Collection<Projection> projections() {
        return projections.values();
    }

    /**
     * Creates a rebuild, which {@link #work} on any node carries out. Returns the existing one if the id is known.
     *
     * @param id chosen by the caller
     * @param names projections to rebuild; empty for all
     * @param takeOverDespiteDifferences whether to skip the comparison with the tables in use
     * @throws IllegalArgumentException if a projection does not exist
     * @throws IllegalStateException if another rebuild is running or awaits a decision
     */
    public RebuildView begin(UUID id, List<String> names, boolean takeOverDespiteDifferences) {
        List<String> selected = names.isEmpty()
                ? List.copyOf(projections.keySet())
                : names.stream().distinct().sorted().toList();
        selected.forEach(name -> {
            if (!projections.containsKey(name)) {
                throw new IllegalArgumentException(
                        "Unknown projection %s. The projections are %s.".formatted(name, projections.keySet()));
            }
        });
        RebuildView before = rebuilds.find(id);
        if (before != null) {
            return before;
        }
        try {
            rebuilds.begin(id, selected, takeOverDespiteDifferences);
            return Objects.requireNonNull(rebuilds.find(id));
        } catch (DuplicateKeyException e) {
            throw new IllegalStateException("Another rebuild is running or waits for your decision.", e);
        }
    }

    /** Returns the newest rebuild, or null. */
    public @Nullable RebuildView latest() {
        return rebuilds.latest();
    }

    public @Nullable RebuildView find(UUID id) {
        return rebuilds.find(id);
    }

    /** Swaps the rebuilt tables in although they differ from those in use. */
    public void acceptDifferences(UUID id) {
        rebuilds.acceptDifferences(id);
    }

    /** Cancels a rebuild. The tables in use stay. */
    public void cancel(UUID id) {
        RebuildView found = rebuilds.find(id);
        if (found != null && rebuilds.end(id, "CANCELLED", null)) {
            // A running builder notices and drops the tables; without one, this node drops them.
            withRebuildLock(() -> generation(found).discard());
        }
    }

    /** Starts a rebuild of the projections whose code has a higher version than their tables. */
    public void beginWhereCodeIsNewer() {
        List<String> newer = projections.values().stream()
                .filter(projection -> versions.seen(projection) < projection.version())
                .map(Projection::name)
                .toList();
        if (!newer.isEmpty() && rebuilds.underWay() == null) {
            LOG.info("Rebuilding {}: the version of the code is higher than that of the tables", newer);
            try {
                begin(UUID.randomUUID(), newer, true);
            } catch (IllegalStateException anotherProcessWasFaster) {
                LOG.info("A rebuild is already running");
            }
        }
    }

    /** Carries out a running rebuild until it ends. Returns at once if there is none or another node carries it out. */
    public void work() {
        if (rebuilds.underWay() == null) {
            return;
        }
        withRebuildLock(() -> {
            RebuildView rebuild = rebuilds.underWay();
            if (rebuild != null) {
                build(rebuild);
            }
        });
    }

    /** Tells the node that builds, during a rebuild, whether this node serves callers. */
    public void reportForegroundLoad() {
        RebuildView found = rebuilds.underWay();
        if (found != null) {
            throttle.reportForegroundLoad(found.id());
        }
    }

    /** Runs work on a projection's table, unless the projection is being rebuilt or its rebuild awaits a decision. */
    public void whileNotRebuilt(String projection, Runnable work) {
        withRebuildLock(() -> {
            RebuildView latest = rebuilds.latest();
            if (latest == null || latest.hasEnded() || !latest.projections().contains(projection)) {
                work.run();
            }
        });
    }

    /** Runs work under the rebuild lock; does nothing if another node holds it. */
    private void withRebuildLock(Runnable work) {
        // A session-level lock: PostgreSQL releases it when the process dies.
        try (Connection connection = dataSource.getConnection()) {
            if (!tryLock(connection)) {
                return;
            }
            try {
                work.run();
            } finally {
                unlock(connection);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot acquire the rebuild lock", e);
        }
    }

    private void build(RebuildView rebuild) {
        var target = new Target(rebuild.id(), generation(rebuild), handlers(rebuild.projections()));
        long position = rebuild.position();
        if (position == 0 || !target.generation().isPrepared()) {
            position = prepare(target, false);
        }
        try {
            long highWaterMark = events.highWaterMark();
            rebuilds.takenUp(rebuild.id(), highWaterMark);
            position = replayer.inBulk(target, position, highWaterMark);
            position = complete(target, position);
            highWaterMark = events.highWaterMark();
            while (highWaterMark - position > MAX_EVENTS_WHILE_BLOCKED) {
                position = replayer.inBulk(target, position, highWaterMark);
                highWaterMark = events.highWaterMark();
            }
            if (rebuilds.acceptsDifferences(rebuild.id()) || matches(target, position)) {
                takeOver(rebuild, target);
            }
        } catch (RebuildCancelledException cancelled) {
            target.generation().discard();
        } catch (UnprojectableEventException unprojectable) {
            rebuilds.end(rebuild.id(), "FAILED", unprojectable.getMessage());
            target.generation().discard();
            // Without the exception: its message may contain values, which may be personal data.
            LOG.error("The rebuild of {} failed: {}", rebuild.projections(), unprojectable.getMessage());
        }
    }

    private long prepare(Target target, boolean withAllIndexes) {
        transaction.executeWithoutResult(status -> {
            target.generation().prepare(withAllIndexes);
            rebuilds.advanced(target.rebuild(), 0, 0, 0);
        });
        return 0;
    }

    /**
     * Creates the remaining indexes. If rows violate a unique index, replays once more with all indexes present,
     * because only the order of the writes decides which row stays.
     */
    private long complete(Target target, long position) {
        try {
            target.generation().complete(throttle.size(INDEX_THREADS, 1));
            return position;
        } catch (DataIntegrityViolationException violation) {
            LOG.warn("Rows violate a unique index; rebuilding again with all indexes, which is slower");
            return replayer.inBulk(target, prepare(target, true), position);
        }
    }

    /** Compares the tables at one position. Appends are blocked until the snapshot is taken, not while it is read. */
    private boolean matches(Target target, long from) {
        try (var snapshot = new ReadSnapshot(dataSource)) {
            events.withAppendsBlocked(highWaterMark -> {
                replayer.oneByOne(target, from, highWaterMark);
                snapshot.hold();
                return highWaterMark;
            });
            List<ShadowTables.Difference> differences = target.generation().differences(snapshot.jdbc());
            if (!differences.isEmpty()) {
                rebuilds.end(
                        target.rebuild(),
                        "DIFFERS",
                        differences.stream().map(this::sentence).collect(Collectors.joining("; ")));
            }
            return differences.isEmpty();
        }
    }

    /** Dead letters are missing in the tables in use. */
    private String sentence(ShadowTables.Difference difference) {
        long waiting = deadLetters.counts().getOrDefault(difference.table(), 0L);
        return difference.sentence()
                + (waiting == 0 ? "" : " (%d dead letters are projected in the rebuilt one only)".formatted(waiting));
    }

    /** Projects the last events and swaps the tables in one transaction, with appends blocked. */
    private void takeOver(RebuildView rebuild, Target target) {
        events.withAppendsBlocked(highWaterMark -> {
            transaction.executeWithoutResult(status -> {
                target.generation().writeHere();
                long from = Objects.requireNonNull(rebuilds.find(rebuild.id())).position();
                replayer.inTransaction(target, from, highWaterMark);
                if (!rebuilds.end(rebuild.id(), "DONE", null)) {
                    throw new RebuildCancelledException();
                }
                deadLetters.forgetProjected(rebuild.projections());
                target.generation().takeOver(status);
                rebuild.projections()
                        .forEach(name -> versions.built(Objects.requireNonNull(projections.get(name)), highWaterMark));
            });
            return highWaterMark;
        });
        LOG.info("Rebuilt {}", rebuild.projections());
    }

    private ShadowTables generation(RebuildView rebuild) {
        return new ShadowTables(
                jdbc,
                transaction,
                rebuild.projections().stream()
                        .map(name -> Objects.requireNonNull(projections.get(name)))
                        .toList());
    }

    private List<EventMessageHandler> handlers(List<String> names) {
        return names.stream()
                .<EventMessageHandler>map(
                        name -> new AnnotationEventHandlerAdapter(Objects.requireNonNull(projections.get(name))))
                .toList();
    }

    private static boolean tryLock(Connection connection) throws SQLException {
        return queryBoolean(connection, "select pg_try_advisory_lock(" + LOCK + ")");
    }

    private static void unlock(Connection connection) throws SQLException {
        queryBoolean(connection, "select pg_advisory_unlock(" + LOCK + ")");
    }

    private static boolean queryBoolean(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return result.next() && result.getBoolean(1);
        }
    }
}
