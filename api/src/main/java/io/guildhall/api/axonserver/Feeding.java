package io.guildhall.api.axonserver;

import io.guildhall.query.deadletter.Care;
import io.guildhall.query.deadletter.DeadLetters;
import io.guildhall.query.rebuild.StoredEvents.Stored;
import io.guildhall.query.store.NotProjected;
import io.guildhall.query.store.Rows;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.messaging.ResultMessage;
import org.axonframework.messaging.unitofwork.BatchingUnitOfWork;
import org.axonframework.messaging.unitofwork.RollbackConfigurationType;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Hands batches to the read models and to what reacts to events: each in one transaction with the positions that its segments reach.
 * What cannot be projected is parked, and what is behind it in its trail.
 */
final class Feeding {

    /** Of all that is fed by whichever process. Shared by each batch; who has it alone feeds and nobody else does. */
    static final long GATE = 0x6775696c64666565L;

    /** Milliseconds that a process may hang in the middle of a batch; then the database undoes it, and others can go on. */
    private static final String NOT_FOR_EVER = ", set_config('idle_in_transaction_session_timeout', '3000', true)";

    private static final String WITH_OTHERS = "select pg_advisory_xact_lock_shared(" + GATE + ")" + NOT_FOR_EVER;
    private static final String ALONE = "select pg_advisory_xact_lock(" + GATE + ")" + NOT_FOR_EVER;

    /** A crash of the database may take it back: then there is nothing to be fed once more. */
    private static final String NOT_WAITING_FOR_THE_DISK = ", set_config('synchronous_commit', 'off', true)";

    /** How others are kept out. */
    enum Gate {
        BY_BATCH,
        HELD_BY_CALLER
    }

    /** With more events than these, the rows of the read models are sent by statements whose number does not grow with them. */
    private static final int MOST_BY_ROW = 32;

    private final Segments segments;
    private final TrailNumbering numbering;
    private final JdbcTemplate jdbc;
    private final Rows rows;
    private final TransactionManager transactions;
    private final List<FedProcessor> processors = new CopyOnWriteArrayList<>();

    Feeding(Segments segments, JdbcTemplate jdbc, TransactionManager transactions) {
        this.segments = segments;
        this.numbering = new TrailNumbering(jdbc);
        this.jdbc = jdbc;
        this.rows = new Rows(jdbc);
        this.transactions = transactions;
    }

    void add(FedProcessor processor) {
        processors.add(processor);
    }

    /**
     * What cannot be projected is looked for by halves, down to the event; that one is fed with care, which parks it for who cannot
     * take it. Likewise what is behind such a one.
     *
     * @param knownFrom up to where events are a replay, which reactions take no part in
     * @return where the share is then
     * @throws Segments.Overtaken when another process has fed some of it
     */
    Share feed(Share share, Batch batch, long knownFrom, Gate gate) throws Exception {
        try {
            return feedTogether(share, batch, knownFrom, gate);
        } catch (Exception failure) {
            if (NotProjected.in(failure) == null) {
                throw failure;
            }
        }
        if (batch.isOneEvent()) {
            return Care.of(batch.events().getFirst().position(), () -> feedTogether(share, batch, knownFrom, gate));
        }
        return feed(feed(share, batch.firstHalf(), knownFrom, gate), batch.secondHalf(), knownFrom, gate);
    }

    private Share feedTogether(Share share, Batch batch, long knownFrom, Gate gate) throws Exception {
        Share moved = share.behind(batch.to());
        if (batch.events().isEmpty()) {
            transactions.executeInTransaction(() -> {
                pass(gate, WITH_OTHERS + NOT_WAITING_FOR_THE_DISK);
                segments.move(moved, batch.to());
            });
        } else {
            hand(batch, knownFrom, () -> {
                pass(gate, batch.destroysKeys() ? ALONE : WITH_OTHERS);
                segments.move(moved, batch.to());
                if (isWaiting(batch.sequences())) {
                    Care.require();
                }
            });
        }
        return share.movedTo(batch.to());
    }

    private void pass(Gate gate, String question) {
        if (gate == Gate.BY_BATCH) {
            jdbc.query(question, row -> {});
        }
    }

    private boolean isWaiting(String[] sequences) {
        return Boolean.TRUE.equals(jdbc.queryForObject(
                "select " + DeadLetters.WAITING.formatted("any (?)"), Boolean.class, (Object) sequences));
    }

    /** @param first before anything else is touched: who holds the positions holds all that follows them */
    private void hand(Batch batch, long knownFrom, Runnable first) throws Exception {
        List<DomainEventMessage<?>> messages = batch.events().stream()
                .<DomainEventMessage<?>>map(stored -> message(stored, knownFrom))
                .toList();
        var work = new BatchingUnitOfWork<>(messages);
        work.start();
        work.attachTransaction(transactions);
        DomainEventMessage<?> begin = messages.getFirst();
        Map<String, DomainEventMessage<?>> numbered = new HashMap<>();
        ResultMessage<?> result = work.executeWithResult(
                () -> {
                    if (work.getMessage() == begin) {
                        first.run();
                        numbering.assign(messages).forEach(event -> numbered.put(event.getIdentifier(), event));
                        if (messages.size() > MOST_BY_ROW && !Care.isTaken()) {
                            rows.gather();
                        }
                    }
                    work.transformMessage(event -> Objects.requireNonNull(numbered.get(event.getIdentifier())));
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
    }

    private static DomainEventMessage<?> message(Stored stored, long knownFrom) {
        if (stored.position() > knownFrom) {
            return stored.event();
        }
        var replay = (ReplayToken) ReplayToken.createReplayToken(new GlobalSequenceTrackingToken(knownFrom), null);
        return new GenericTrackedDomainEventMessage<>(
                replay.advancedTo(new GlobalSequenceTrackingToken(stored.position())), stored.event());
    }
}
