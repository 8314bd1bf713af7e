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
 * Builds a new generation of projections from event 0 while everybody reads and writes the old one, compares the two at one
 * position, and takes over in one transaction. At any moment it can be killed: the old generation stands, and whichever process
 * looks next goes on from the last batch.
 */
@Component
public class Rebuilder {

    private static final Logger LOG = LoggerFactory.getLogger(Rebuilder.class);

    /** One builder among all processes. */
    private static final long LOCK = 0x6775696c64686c6cL;

    /** So many indexes are made at the same time. */
    private static final int BUILDERS = 2;

    /** So few events can be projected while appends wait. */
    private static final int LAST_STRETCH = 200;

    private final Map<String, Projection> projections;
    private final GlobalEventReader events;
    private final RebuildRepository rebuildRepository;
    private final ProjectionVersionRepository projectionVersionRepository;
    private final DeadLetterRepository letters;
    private final ProjectionReplayer projectionReplayer;
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final DataSource dataSource;
    private final RebuildThrottle rebuildThrottle;

    Rebuilder(
            List<Projection> projections,
            GlobalEventReader events,
            RebuildRepository rebuildRepository,
            ProjectionVersionRepository projectionVersionRepository,
            DeadLetterRepository letters,
            ProjectionReplayer projectionReplayer,
            JdbcTemplate jdbc,
            TransactionTemplate transaction,
            DataSource dataSource,
            RebuildThrottle rebuildThrottle) {
        this.projections = new TreeMap<>(
                projections.stream().collect(Collectors.toMap(Projection::name, projection -> projection)));
        this.events = events;
        this.rebuildRepository = rebuildRepository;
        this.projectionVersionRepository = projectionVersionRepository;
        this.letters = letters;
        this.projectionReplayer = projectionReplayer;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.dataSource = dataSource;
        this.rebuildThrottle = rebuildThrottle;
    }

    public Collection<Projection> projections() {
        return projections.values();
    }

    /**
     * Begins a rebuild, which {@link #work} of any process then carries out. Silence for one that was begun before.
     *
     * @param id the rebuild's own
     * @param names of projections; all of them when empty
     * @param takeOverDespiteDifferences skips the comparison with the generation in use
     * @throws IllegalArgumentException for a projection that there is not
     * @throws IllegalStateException when a rebuild is under way
     */
    public RebuildView begin(UUID id, List<String> names, boolean takeOverDespiteDifferences) {
        List<String> wanted = names.isEmpty()
                ? List.copyOf(projections.keySet())
                : names.stream().distinct().sorted().toList();
        wanted.forEach(name -> {
            if (!projections.containsKey(name)) {
                throw new IllegalArgumentException(
                        "There is no projection %s, only %s.".formatted(name, projections.keySet()));
            }
        });
        RebuildView before = rebuildRepository.find(id);
        if (before != null) {
            return before;
        }
        try {
            rebuildRepository.begin(id, wanted, takeOverDespiteDifferences);
            return Objects.requireNonNull(rebuildRepository.find(id));
        } catch (DuplicateKeyException e) {
            throw new IllegalStateException("A rebuild is under way already, or waits for your decision.", e);
        }
    }

    /** Null when there never was one. */
    public @Nullable RebuildView latest() {
        return rebuildRepository.latest();
    }

    public @Nullable RebuildView find(UUID id) {
        return rebuildRepository.find(id);
    }

    /** The operator takes the new generation for the right one. */
    public void acceptDifferences(UUID id) {
        rebuildRepository.acceptDifferences(id);
    }

    /** The generation in use stays. */
    public void cancel(UUID id) {
        RebuildView found = rebuildRepository.find(id);
        if (found != null && rebuildRepository.end(id, "CANCELLED", null)) {
            // Who builds it notices; unless nobody does, since that process died or it waited for the operator.
            whileNobodyBuilds(() -> generation(found).discard());
        }
    }

    /** Begins a rebuild of the projections whose code is of a higher version than their tables; new tables are as new as the code. */
    public void beginWhereCodeIsNewer() {
        List<String> newer = projections.values().stream()
                .filter(projection -> projectionVersionRepository.seen(projection) < projection.version())
                .map(Projection::name)
                .toList();
        if (!newer.isEmpty() && rebuildRepository.underWay() == null) {
            LOG.info("The code of {} is newer than what they have projected: rebuilding", newer);
            try {
                begin(UUID.randomUUID(), newer, true);
            } catch (IllegalStateException anotherProcessWasFaster) {
                LOG.info("A rebuild is under way already");
            }
        }
    }

    /** Goes on with a rebuild that is under way, unless another process does. Returns when it has ended, or at once. */
    public void work() {
        if (rebuildRepository.underWay() == null) {
            return;
        }
        whileNobodyBuilds(() -> {
            RebuildView mine = rebuildRepository.underWay();
            if (mine != null) {
                build(mine);
            }
        });
    }

    /** Tells the node that builds, during a rebuild, whether this node serves callers. */
    public void reportForegroundLoad() {
        RebuildView found = rebuildRepository.underWay();
        if (found != null) {
            rebuildThrottle.reportForegroundLoad(found.id());
        }
    }

    /** Does something to a table that must not be done while a new generation of it is built or waits for the operator. */
    public void whileNotRebuilt(String projection, Runnable work) {
        whileNobodyBuilds(() -> {
            RebuildView latest = rebuildRepository.latest();
            if (latest == null || latest.hasEnded() || !latest.projections().contains(projection)) {
                work.run();
            }
        });
    }

    /** Does nothing while another process builds. */
    private void whileNobodyBuilds(Runnable work) {
        // The lock belongs to this connection, and goes with it when the process dies.
        try (Connection builder = dataSource.getConnection()) {
            if (!locked(builder)) {
                return;
            }
            try {
                work.run();
            } finally {
                unlock(builder);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The rebuild's lock cannot be had", e);
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
            rebuildRepository.takenUp(rebuild.id(), highWaterMark);
            position = projectionReplayer.inBulk(target, position, highWaterMark);
            position = complete(target, position);
            highWaterMark = events.highWaterMark();
            while (highWaterMark - position > LAST_STRETCH) {
                position = projectionReplayer.inBulk(target, position, highWaterMark);
                highWaterMark = events.highWaterMark();
            }
            if (rebuildRepository.acceptsDifferences(rebuild.id()) || agrees(target, position)) {
                takeOver(rebuild, target);
            }
        } catch (RebuildCancelledException cancelled) {
            target.generation().discard();
        } catch (UnprojectableEventException poisoned) {
            rebuildRepository.end(rebuild.id(), "FAILED", poisoned.getMessage());
            target.generation().discard();
            // Not the exception itself: what the database says of a row may be of a person.
            LOG.error("The rebuild of {} failed: {}", rebuild.projections(), poisoned.getMessage());
        }
    }

    private long prepare(Target target, boolean whole) {
        transaction.executeWithoutResult(status -> {
            target.generation().prepare(whole);
            rebuildRepository.advanced(target.rebuild(), 0, 0, 0);
        });
        return 0;
    }

    /** Where rows are in each other's way, only their order tells which of them stays: then they are written with all indexes there. */
    private long complete(Target target, long position) {
        try {
            target.generation().complete(rebuildThrottle.size(BUILDERS, 1));
            return position;
        } catch (DataIntegrityViolationException inTheWay) {
            LOG.warn("Rows are in each other's way; building once more, more slowly");
            return projectionReplayer.inBulk(target, prepare(target, true), position);
        }
    }

    /** Compares the generations at one position: appends wait until a snapshot of both is held, not while it is read. */
    private boolean agrees(Target target, long from) {
        try (var readSnapshot = new ReadSnapshot(dataSource)) {
            events.withAppendsBlocked(highWaterMark -> {
                projectionReplayer.oneByOne(target, from, highWaterMark);
                readSnapshot.hold();
                return highWaterMark;
            });
            List<ShadowTables.Difference> differences = target.generation().differences(readSnapshot.jdbc());
            if (!differences.isEmpty()) {
                rebuildRepository.end(
                        target.rebuild(),
                        "DIFFERS",
                        differences.stream().map(this::sentence).collect(Collectors.joining("; ")));
            }
            return differences.isEmpty();
        }
    }

    /** What waits as dead letters is missing in what is in use. */
    private String sentence(ShadowTables.Difference difference) {
        long waiting = letters.counts().getOrDefault(difference.table(), 0L);
        return difference.sentence()
                + (waiting == 0 ? "" : " (%d dead letters are projected in the rebuilt one only)".formatted(waiting));
    }

    /** The last events and the exchange of the tables are one transaction, with no append under way. */
    private void takeOver(RebuildView rebuild, Target target) {
        events.withAppendsBlocked(highWaterMark -> {
            transaction.executeWithoutResult(status -> {
                target.generation().writeHere();
                long from = Objects.requireNonNull(rebuildRepository.find(rebuild.id()))
                        .position();
                projectionReplayer.inTransaction(target, from, highWaterMark);
                if (!rebuildRepository.end(rebuild.id(), "DONE", null)) {
                    throw new RebuildCancelledException();
                }
                letters.forgetProjected(rebuild.projections());
                target.generation().takeOver(status);
                rebuild.projections()
                        .forEach(name -> projectionVersionRepository.built(
                                Objects.requireNonNull(projections.get(name)), highWaterMark));
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

    private static boolean locked(Connection connection) throws SQLException {
        return ask(connection, "select pg_try_advisory_lock(" + LOCK + ")");
    }

    private static void unlock(Connection connection) throws SQLException {
        ask(connection, "select pg_advisory_unlock(" + LOCK + ")");
    }

    private static boolean ask(Connection connection, String question) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(question)) {
            return answer.next() && answer.getBoolean(1);
        }
    }
}
