package io.guildhall.api.axonserver;

import io.axoniq.axonserver.connector.event.EventStream;
import io.axoniq.axonserver.grpc.event.EventWithToken;
import io.guildhall.api.axonserver.Feeding.Gate;
import io.guildhall.query.rebuild.StoredEvents.Stored;
import io.guildhall.query.store.TrailSequencingPolicy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import javax.sql.DataSource;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.EventProcessor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Takes the events from the Axon Server to the read models and to what reacts to them. The processes share the streams by segments:
 * each feeds its own, in their global order, whole batches in one transaction with the positions reached. When one ends, dies or
 * loses the server, the others have its segments at their next look; when it hangs, some seconds later. Should two ever think that one is theirs, its position lets
 * one through.
 *
 * <p>Whatever fails is tried again soon, for as long as it takes.
 */
public final class Feed implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Feed.class);

    private static final int BATCH = 500;

    /** So many events of others are passed by before it is noted. */
    private static final int MOST_READ = 5_000;

    /** How often it looks whether it has its part, whether the server is still there, and tries again what has failed. */
    private static final Duration LOOK = Duration.ofMillis(250);

    /** Nobody is kept from feeding for longer than what so many events take. */
    private static final int CLOSE = 500;

    /** For the batch under way at the end. */
    private static final Duration GRACE = Duration.ofSeconds(3);

    /** Behind Axon's own parts and ahead of the web server; at the end the other way round. */
    static final int PHASE = Integer.MAX_VALUE / 2;

    private final ServerEvents events;
    private final Shown shown;
    private final JdbcTemplate jdbc;
    private final DataSource dataSource;
    private final Segments segments;
    private final Feeding feeding;
    private volatile boolean running;

    /** So that it is said once, however long it takes. */
    private boolean failing;

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
        this.segments = new Segments(jdbc);
        this.feeding = new Feeding(segments, jdbc, transactions);
    }

    /** A processor whose handlers are fed from here. */
    public EventProcessor processor(String name, EventHandlerInvoker handlers) {
        var processor = new FedProcessor(name, handlers);
        feeding.add(processor);
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
        Thread mine = thread;
        if (mine != null) {
            try {
                if (!mine.join(GRACE)) {
                    mine.interrupt();
                    mine.join(GRACE);
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

    /** Does something while nothing is fed by any process, and all read models are at one position, which it is given. */
    <R> R whileLevel(LongFunction<R> work) {
        try (Connection gate = dataSource.getConnection()) {
            while (true) {
                execute(gate, "select pg_advisory_lock(" + Feeding.GATE + ")");
                try {
                    Share all = segments.all();
                    if (all.isEmpty()) {
                        return work.apply(0);
                    }
                    if (all.highest() - all.lowest() <= CLOSE) {
                        level(all);
                        return work.apply(all.highest());
                    }
                } finally {
                    execute(gate, "select pg_advisory_unlock(" + Feeding.GATE + ")");
                }
                Thread.sleep(LOOK);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (SQLException e) {
            throw new IllegalStateException("The read models cannot be held", e);
        }
    }

    private void level(Share all) {
        long to = all.highest();
        if (all.lowest() < to) {
            List<Stored> missing = events.read(all.lowest(), to, CLOSE).stream()
                    .filter(it -> all.lacks(TrailSequencingPolicy.sequenceOf(it.event()), it.position()))
                    .toList();
            try {
                feeding.feed(all, new Batch(to, missing), segments.knownFrom(), Gate.HELD_BY_CALLER);
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private void run() {
        while (running) {
            try {
                // Who does not reach the server leaves the segments to those who do.
                events.last();
                try (Connection connection = dataSource.getConnection();
                        Seat seat = Seat.take(connection)) {
                    feed(seat);
                } finally {
                    shown.fed(Share.NOTHING);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (Exception e) {
                if (running && !failing) {
                    LOG.warn("The read models do not advance here for the moment: {}", e.toString());
                }
                failing = true;
                LOG.debug("Why they do not", e);
            }
            pause();
        }
    }

    private void pause() {
        if (running) {
            try {
                Thread.sleep(LOOK);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                running = false;
            }
        }
    }

    private void feed(Seat seat) throws Exception {
        while (running) {
            seat.settle();
            Share share = segments.share(seat.held());
            shown.fed(share);
            if (failing) {
                LOG.info("The read models advance again");
                failing = false;
            }
            if (share.isEmpty()) {
                Thread.sleep(LOOK);
                continue;
            }
            try (EventStream stream = events.follow(share.lowest())) {
                follow(stream, seat, share);
            } catch (Segments.Overtaken overtaken) {
                LOG.debug("Reading anew", overtaken);
            }
        }
    }

    /** Until the process has other segments than these. */
    private void follow(EventStream stream, Seat seat, Share from) throws Exception {
        Share share = from;
        var watch = new Watch();
        long knownFrom = segments.knownFrom();
        long looked = System.nanoTime();
        while (running) {
            EventWithToken first = stream.nextIfAvailable(LOOK.toMillis(), TimeUnit.MILLISECONDS);
            if (first == null) {
                events.requireAlive(stream, share.lowest());
            } else {
                share = feeding.feed(share, batch(first, stream, share), knownFrom, Gate.BY_BATCH);
                shown.fed(share);
            }
            if (System.nanoTime() - looked > LOOK.toNanos()) {
                if (seat.settle()) {
                    return;
                }
                looked = System.nanoTime();
                List<Integer> hanging = watch.hanging(segments.all(), share.lowest(), looked);
                if (!hanging.isEmpty()) {
                    LOG.warn("A process hangs that feeds segments {}: they are taken from it", hanging);
                    seat.takeFrom(hanging);
                }
            }
        }
    }

    private Batch batch(EventWithToken first, EventStream stream, Share share) {
        List<Stored> batch = new ArrayList<>();
        long position = share.lowest();
        int read = 0;
        for (EventWithToken next = first; next != null; next = stream.nextIfAvailable()) {
            if (next.getToken() != position) {
                throw new IllegalStateException("There is a gap in the events after position " + position);
            }
            position++;
            if (share.lacks(ServerEvents.sequenceOf(next.getEvent()), position)) {
                batch.add(events.fresh(next));
            }
            if (batch.size() == BATCH || ++read == MOST_READ) {
                break;
            }
        }
        return new Batch(position, batch);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
