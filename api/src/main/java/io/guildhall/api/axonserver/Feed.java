package io.guildhall.api.axonserver;

import io.axoniq.axonserver.connector.event.EventStream;
import io.axoniq.axonserver.grpc.event.EventWithToken;
import io.guildhall.query.deadletter.Care;
import io.guildhall.query.deadletter.DeadLetters;
import io.guildhall.query.rebuild.StoredEvents.Stored;
import io.guildhall.query.store.NotProjected;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.EventProcessor;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.messaging.ResultMessage;
import org.axonframework.messaging.unitofwork.BatchingUnitOfWork;
import org.axonframework.messaging.unitofwork.RollbackConfigurationType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Takes the events from the Axon Server to the read models and to what reacts to them, in their global order, whole batches in
 * one transaction with the position reached. One process at a time does it, for all: who holds an advisory lock, which the
 * database takes back when the process dies or is cut off. Should two ever think that they do, the position lets one through.
 *
 * <p>What cannot be projected is parked, and what is behind it in its stream. Anything else that fails is tried again half a
 * second later, for as long as it takes.
 */
public final class Feed implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Feed.class);

    private static final long LOCK = 0x6775696c64666565L;
    private static final int BATCH = 500;

    /** Returns whether something of the streams waits to be projected. */
    private static final String ADVANCE = "update read_models_position set position = ? where position = ? returning "
            + DeadLetters.WAITING.formatted("any (?)");

    private static final Duration PAUSE = Duration.ofMillis(500);

    /** For the batch under way at the end. */
    private static final Duration GRACE = Duration.ofSeconds(3);

    /** Behind Axon's own parts and ahead of the web server; at the end the other way round. */
    private static final int PHASE = Integer.MAX_VALUE / 2;

    private final ServerEvents events;
    private final Shown shown;
    private final JdbcTemplate jdbc;
    private final DataSource dataSource;
    private final TransactionManager transactions;
    private final List<FedProcessor> processors = new CopyOnWriteArrayList<>();
    private volatile boolean running;
    private @Nullable Thread thread;

    public Feed(
            ServerEvents events,
            Shown shown,
            JdbcTemplate jdbc,
            DataSource dataSource,
            TransactionManager transactions) {
        this.events = events;
        this.shown = shown;
        this.jdbc = jdbc;
        this.dataSource = dataSource;
        this.transactions = transactions;
    }

    /** A processor whose handlers are fed from here. */
    public EventProcessor processor(String name, EventHandlerInvoker handlers) {
        var processor = new FedProcessor(name, handlers);
        processors.add(processor);
        return processor;
    }

    @Override
    public void start() {
        new FirstStart(events, jdbc).check();
        running = true;
        thread = Thread.ofPlatform().name("feed").daemon().start(this::run);
    }

    @Override
    public void stop() {
        running = false;
        Thread feeding = thread;
        if (feeding != null) {
            try {
                if (!feeding.join(GRACE)) {
                    feeding.interrupt();
                    feeding.join(GRACE);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** It is there as long as somebody may wait for an answer. */
    @Override
    public int getPhase() {
        return PHASE;
    }

    private void run() {
        while (running) {
            try (Connection mine = dataSource.getConnection()) {
                if (ask(mine, "select pg_try_advisory_lock(" + LOCK + ")")) {
                    try {
                        follow(mine);
                    } finally {
                        ask(mine, "select pg_advisory_unlock(" + LOCK + ")");
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (Exception e) {
                if (running) {
                    LOG.warn("The read models do not advance for the moment: {}", e.toString());
                    LOG.debug("Why they do not", e);
                }
            }
            pause();
        }
    }

    private void pause() {
        if (running) {
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                running = false;
            }
        }
    }

    private void follow(Connection mine) throws Exception {
        Place place = place();
        shown.reached(place.position());
        try (EventStream stream = events.follow(place.position())) {
            while (running) {
                EventWithToken first = stream.nextIfAvailable(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
                if (first == null) {
                    requireAlive(mine, stream, place);
                } else {
                    place = feed(place, batch(first, stream));
                }
            }
        }
    }

    /** A stream that ends without saying so would stand still for ever. */
    private void requireAlive(Connection mine, EventStream stream, Place place) throws SQLException {
        if (stream.isClosed() || events.last() > place.position() && stream.peek() == null) {
            throw new ServerAway(stream.getError().orElse(null));
        }
        ask(mine, "select true");
    }

    private List<Stored> batch(EventWithToken first, EventStream stream) {
        List<Stored> batch = new ArrayList<>();
        for (EventWithToken next = first; next != null; next = stream.nextIfAvailable()) {
            batch.add(events.fresh(next));
            if (batch.size() == BATCH) {
                break;
            }
        }
        return batch;
    }

    /**
     * What cannot be projected is looked for by halves, down to the event; that one is fed with care, which parks it for who cannot
     * take it. Likewise what is behind such a one.
     */
    private Place feed(Place from, List<Stored> batch) throws Exception {
        try {
            return feedTogether(from, batch);
        } catch (Exception failure) {
            if (NotProjected.in(failure) == null) {
                throw failure;
            }
        }
        if (batch.size() == 1) {
            return Care.of(batch.getFirst().position(), () -> feedTogether(from, batch));
        }
        int half = batch.size() / 2;
        return feed(feed(from, batch.subList(0, half)), batch.subList(half, batch.size()));
    }

    private Place feedTogether(Place from, List<Stored> batch) throws Exception {
        long to = batch.getLast().position();
        if (batch.getFirst().position() != from.position() + 1 || to != from.position() + batch.size()) {
            throw new IllegalStateException("There is a gap in the events after position " + from.position());
        }
        List<DomainEventMessage<?>> messages = batch.stream()
                .<DomainEventMessage<?>>map(stored -> message(stored, from.knownFrom()))
                .toList();
        var work = new BatchingUnitOfWork<>(messages);
        work.start();
        work.attachTransaction(transactions);
        DomainEventMessage<?> first = messages.getFirst();
        ResultMessage<?> result = work.executeWithResult(
                () -> {
                    // Before anything else is touched: who holds the position holds all that follows it.
                    if (work.getMessage() == first) {
                        advance(from.position(), to, messages);
                    }
                    for (FedProcessor processor : processors) {
                        processor.handle(work);
                    }
                    return null;
                },
                RollbackConfigurationType.ANY_THROWABLE);
        if (result.isExceptional()) {
            throw result.exceptionResult() instanceof Exception failure
                    ? failure
                    : new IllegalStateException(result.exceptionResult());
        }
        shown.reached(to);
        return new Place(to, from.knownFrom());
    }

    private void advance(long from, long to, List<DomainEventMessage<?>> messages) {
        String[] streams = messages.stream()
                .map(DomainEventMessage::getAggregateIdentifier)
                .distinct()
                .toArray(String[]::new);
        List<Boolean> waiting = jdbc.queryForList(ADVANCE, Boolean.class, to, from, streams);
        if (waiting.isEmpty()) {
            throw new IllegalStateException("Another process feeds the read models");
        }
        if (waiting.getFirst()) {
            Care.require();
        }
    }

    /** What happened before this database was there is a replay, which reactions take no part in. */
    private static DomainEventMessage<?> message(Stored stored, long knownFrom) {
        if (stored.position() > knownFrom) {
            return stored.event();
        }
        var replay = (ReplayToken) ReplayToken.createReplayToken(new GlobalSequenceTrackingToken(knownFrom), null);
        return new GenericTrackedDomainEventMessage<>(
                replay.advancedTo(new GlobalSequenceTrackingToken(stored.position())), stored.event());
    }

    private record Place(long position, long knownFrom) {}

    private Place place() {
        return jdbc.queryForObject(
                "select position, known_from from read_models_position",
                (row, n) -> new Place(row.getLong(1), row.getLong(2)));
    }

    private static boolean ask(Connection connection, String question) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(question)) {
            return answer.next() && answer.getBoolean(1);
        }
    }
}
