package io.guildhall.query.rebuild;

import io.guildhall.domain.kernel.PersonalData;
import io.guildhall.query.deadletter.DeadLetters;
import io.guildhall.query.rebuild.StoredEvents.Stored;
import io.guildhall.query.store.Bulk;
import io.guildhall.query.store.NotProjected;
import io.guildhall.query.store.Projection;
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
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessageHandler;
import org.axonframework.messaging.ResultMessage;
import org.axonframework.messaging.unitofwork.BatchingUnitOfWork;
import org.axonframework.messaging.unitofwork.RollbackConfigurationType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.NonTransientDataAccessException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
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

    private static final int BATCH = 2_000;

    /** So many events are gathered and written together, as long as there are as many. */
    private static final int BULK = 20_000;

    private static final int BULK_BESIDE_OTHERS = 2_000;

    /** So few events can be projected while appends wait. */
    private static final int LAST_STRETCH = 200;

    private final Map<String, Projection> projections;
    private final StoredEvents events;
    private final Rebuilds rebuilds;
    private final Versions versions;
    private final DeadLetters letters;
    private final PersonalData personalData;
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final DataSource dataSource;
    private final Pace pace;

    Rebuilder(
            List<Projection> projections,
            StoredEvents events,
            Rebuilds rebuilds,
            Versions versions,
            DeadLetters letters,
            PersonalData personalData,
            JdbcTemplate jdbc,
            TransactionTemplate transaction,
            DataSource dataSource,
            Pace pace) {
        this.projections = new TreeMap<>(
                projections.stream().collect(Collectors.toMap(Projection::name, projection -> projection)));
        this.events = events;
        this.rebuilds = rebuilds;
        this.versions = versions;
        this.letters = letters;
        this.personalData = personalData;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.dataSource = dataSource;
        this.pace = pace;
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
        RebuildView before = rebuilds.find(id);
        if (before != null) {
            return before;
        }
        try {
            rebuilds.begin(id, wanted, takeOverDespiteDifferences);
            return Objects.requireNonNull(rebuilds.find(id));
        } catch (DuplicateKeyException e) {
            throw new IllegalStateException("A rebuild is under way already, or waits for your decision.", e);
        }
    }

    /** Null when there never was one. */
    public @Nullable RebuildView latest() {
        return rebuilds.latest();
    }

    public @Nullable RebuildView find(UUID id) {
        return rebuilds.find(id);
    }

    /** The operator takes the new generation for the right one. */
    public void acceptDifferences(UUID id) {
        rebuilds.acceptDifferences(id);
    }

    /** The generation in use stays. */
    public void cancel(UUID id) {
        RebuildView found = rebuilds.find(id);
        if (found != null && rebuilds.end(id, "CANCELLED", null)) {
            // Who builds it notices; unless nobody does, since that process died or it waited for the operator.
            whileNobodyBuilds(() -> generation(found).discard());
        }
    }

    /** Begins a rebuild of the projections whose code is of a higher version than their tables; new tables are as new as the code. */
    public void beginWhereCodeIsNewer() {
        List<String> newer = projections.values().stream()
                .filter(projection -> versions.seen(projection) < projection.version())
                .map(Projection::name)
                .toList();
        if (!newer.isEmpty() && rebuilds.underWay() == null) {
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
        RebuildView found = rebuilds.underWay();
        if (found == null) {
            return;
        }
        pace.noteCallers(found.id());
        whileNobodyBuilds(() -> {
            RebuildView mine = rebuilds.underWay();
            if (mine != null) {
                build(mine);
            }
        });
    }

    /** Does something to a table that must not be done while a new generation of it is built or waits for the operator. */
    public void whileNotRebuilt(String projection, Runnable work) {
        whileNobodyBuilds(() -> {
            RebuildView latest = rebuilds.latest();
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
        var generation = generation(rebuild);
        var handlers = handlers(rebuild.projections());
        long position = rebuild.position();
        if (position == 0 || !generation.isPrepared()) {
            position = prepare(rebuild.id(), generation, false);
        }
        try {
            long settled = events.settled();
            rebuilds.takenUp(rebuild.id(), settled);
            position = fill(rebuild.id(), generation, handlers, position, settled);
            position = complete(rebuild.id(), generation, handlers, position);
            settled = events.settled();
            while (settled - position > LAST_STRETCH) {
                position = fill(rebuild.id(), generation, handlers, position, settled);
                settled = events.settled();
            }
            if (rebuilds.acceptsDifferences(rebuild.id()) || agrees(rebuild.id(), generation, handlers, position)) {
                takeOver(rebuild, generation, handlers);
            }
        } catch (Cancelled cancelled) {
            generation.discard();
        } catch (Poisoned poisoned) {
            rebuilds.end(rebuild.id(), "FAILED", poisoned.getMessage());
            generation.discard();
            // Not the exception itself: what the database says of a row may be of a person.
            LOG.error("The rebuild of {} failed: {}", rebuild.projections(), poisoned.getMessage());
        }
    }

    private long prepare(UUID id, Generation generation, boolean whole) {
        transaction.executeWithoutResult(status -> {
            generation.prepare(whole);
            rebuilds.advanced(id, 0, 0, 0);
        });
        return 0;
    }

    /** Where rows are in each other's way, only their order tells which of them stays: then they are written with all indexes there. */
    private long complete(UUID id, Generation generation, List<EventMessageHandler> handlers, long position) {
        try {
            transaction.executeWithoutResult(status -> generation.complete());
            return position;
        } catch (DataIntegrityViolationException inTheWay) {
            LOG.warn("Rows are in each other's way; building once more, more slowly");
            long anew = prepare(id, generation, true);
            return fill(id, generation, handlers, anew, position);
        }
    }

    /**
     * Gathers rows and writes many at a time, while the next events are read and the next rows gathered.
     *
     * @return the last position there was up to the settled one
     */
    private long fill(UUID id, Generation generation, List<EventMessageHandler> handlers, long from, long settled) {
        var gathering = new Gathering(handlers, personalData, new Bulk(jdbc), from);
        var other = new Gathering(handlers, personalData, new Bulk(jdbc), from);
        long last = from;
        try (var ahead = new ReadAhead(events, pace, from, settled);
                var behind = new WriteBehind()) {
            for (List<Stored> page = ahead.next(); !page.isEmpty(); page = ahead.next()) {
                last = page.getLast().position();
                if (!taken(gathering, page)) {
                    behind.await();
                    eventByEvent(id, generation, gathering, last);
                } else if (gathering.size() >= pace.size(BULK, BULK_BESIDE_OTHERS)) {
                    writeBehind(behind, id, generation, gathering, settled);
                    // The one before has been written, and so this one is free.
                    Gathering free = other;
                    other = gathering;
                    gathering = free;
                    gathering.startAfter(last);
                }
            }
            if (gathering.size() > 0) {
                writeBehind(behind, id, generation, gathering, settled);
            }
            behind.await();
        }
        return Math.max(last, settled);
    }

    private void writeBehind(WriteBehind behind, UUID id, Generation generation, Gathering gathering, long settled) {
        pace.step(gathering::prepare);
        behind.run(() -> write(id, generation, gathering, settled));
    }

    private boolean taken(Gathering gathering, List<Stored> page) {
        return pace.step(() -> gathering.take(page));
    }

    private void write(UUID id, Generation generation, Gathering gathering, long settled) {
        long last = gathering.last();
        try {
            pace.step(() -> transaction.executeWithoutResult(status -> {
                generation.writeHere();
                int events = gathering.flush();
                if (!rebuilds.advanced(id, last, settled, events)) {
                    throw new Cancelled();
                }
            }));
        } catch (NonTransientDataAccessResourceException away) {
            throw away;
        } catch (NotProjected | NonTransientDataAccessException refused) {
            eventByEvent(id, generation, gathering, last);
        }
    }

    /** One of what was gathered, or of what comes up to the last, cannot be projected: so it will be known which. */
    private void eventByEvent(UUID id, Generation generation, Gathering gathering, long last) {
        long first = gathering.after();
        gathering.startAfter(last);
        catchUp(id, generation, gathering.handlers(), first, last);
    }

    /** @return the last position there was up to the settled one */
    private long catchUp(UUID id, Generation generation, List<EventMessageHandler> handlers, long from, long settled) {
        long position = from;
        List<Stored> batch = events.read(position, settled, BATCH);
        while (!batch.isEmpty()) {
            position = projectBatch(id, generation, handlers, batch, settled);
            batch = events.read(position, settled, BATCH);
        }
        return Math.max(position, settled);
    }

    private long projectBatch(
            UUID id, Generation generation, List<EventMessageHandler> handlers, List<Stored> batch, long settled) {
        long last = batch.getLast().position();
        try {
            transaction.executeWithoutResult(status -> {
                generation.writeHere();
                project(handlers, batch);
                if (!rebuilds.advanced(id, last, settled, batch.size())) {
                    throw new Cancelled();
                }
            });
            return last;
        } catch (Cancelled
                | Poisoned
                | NonTransientDataAccessResourceException
                | TransientDataAccessException
                | TransactionException stop) {
            // Not the event's fault: the build stands where it is, and goes on when it is taken up again.
            throw stop;
        } catch (RuntimeException failure) {
            if (batch.size() == 1) {
                throw new Poisoned(batch.getFirst(), failure);
            }
            // One of them cannot be projected: the half that holds it will say which.
            projectBatch(id, generation, handlers, batch.subList(0, batch.size() / 2), settled);
            return projectBatch(id, generation, handlers, batch.subList(batch.size() / 2, batch.size()), settled);
        }
    }

    /** Compares the generations at one position: appends wait until a snapshot of both is held, not while it is read. */
    private boolean agrees(UUID id, Generation generation, List<EventMessageHandler> handlers, long from) {
        try (var snapshot = new Snapshot(dataSource)) {
            events.whileSettled(settled -> {
                catchUp(id, generation, handlers, from, settled);
                snapshot.hold();
                return settled;
            });
            List<Generation.Difference> differences = generation.differences(snapshot.jdbc());
            if (!differences.isEmpty()) {
                rebuilds.end(
                        id, "DIFFERS", differences.stream().map(this::sentence).collect(Collectors.joining("; ")));
            }
            return differences.isEmpty();
        }
    }

    /** What waits as dead letters is missing in what is in use. */
    private String sentence(Generation.Difference difference) {
        long waiting = letters.counts().getOrDefault(difference.table(), 0L);
        return difference.sentence()
                + (waiting == 0 ? "" : " (%d dead letters are projected in the rebuilt one only)".formatted(waiting));
    }

    /** The last events and the exchange of the tables are one transaction, with no append under way. */
    private void takeOver(RebuildView rebuild, Generation generation, List<EventMessageHandler> handlers) {
        events.whileSettled(settled -> {
            transaction.executeWithoutResult(status -> {
                generation.writeHere();
                RebuildView now = Objects.requireNonNull(rebuilds.find(rebuild.id()));
                List<Stored> batch = events.read(now.position(), settled, BATCH);
                while (!batch.isEmpty()) {
                    project(handlers, batch);
                    rebuilds.advanced(rebuild.id(), batch.getLast().position(), settled, batch.size());
                    batch = events.read(batch.getLast().position(), settled, BATCH);
                }
                if (!rebuilds.end(rebuild.id(), "DONE", null)) {
                    throw new Cancelled();
                }
                letters.forgetProjected(rebuild.projections());
                generation.takeOver();
                rebuild.projections()
                        .forEach(name -> versions.built(Objects.requireNonNull(projections.get(name)), settled));
            });
            return settled;
        });
        LOG.info("Rebuilt {}", rebuild.projections());
    }

    private static void project(List<EventMessageHandler> handlers, List<Stored> batch) {
        List<DomainEventMessage<?>> messages =
                batch.stream().<DomainEventMessage<?>>map(Stored::event).toList();
        var work = new BatchingUnitOfWork<>(messages);
        work.start();
        ResultMessage<?> result = work.executeWithResult(
                () -> {
                    try {
                        for (EventMessageHandler handler : handlers) {
                            if (handler.canHandle(work.getMessage())) {
                                handler.handle(work.getMessage());
                            }
                        }
                        return null;
                    } catch (Exception failure) {
                        throw NotProjected.meaning(failure);
                    }
                },
                RollbackConfigurationType.ANY_THROWABLE);
        if (result.isExceptional()) {
            throw result.exceptionResult() instanceof RuntimeException unchecked
                    ? unchecked
                    : new IllegalStateException(result.exceptionResult());
        }
    }

    private Generation generation(RebuildView rebuild) {
        return new Generation(
                jdbc,
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

    private static final class Cancelled extends RuntimeException {}

    /** An event that a projection cannot take: a rebuild stops at it, and says where and why. */
    private static final class Poisoned extends RuntimeException {

        Poisoned(Stored stored, RuntimeException cause) {
            super(
                    "event at position %d (%s, stream %s, sequence %d): %s"
                            .formatted(
                                    stored.position(),
                                    stored.event().getPayloadType().getSimpleName(),
                                    stored.event().getAggregateIdentifier(),
                                    stored.event().getSequenceNumber(),
                                    Objects.requireNonNullElse(
                                            NotProjected.in(cause) instanceof NotProjected why ? why.reason() : null,
                                            cause.getClass().getSimpleName())),
                    cause);
        }
    }
}
