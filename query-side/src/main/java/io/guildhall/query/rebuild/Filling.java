package io.guildhall.query.rebuild;

import io.guildhall.domain.EventTypes;
import io.guildhall.domain.shared.PersonalDataCipher;
import io.guildhall.query.rebuild.StoredEvents.Stored;
import io.guildhall.query.store.Bulk;
import io.guildhall.query.store.NotProjected;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessageHandler;
import org.axonframework.messaging.ResultMessage;
import org.axonframework.messaging.unitofwork.BatchingUnitOfWork;
import org.axonframework.messaging.unitofwork.RollbackConfigurationType;
import org.springframework.dao.NonTransientDataAccessException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/** Projects events into a new generation, batch after batch: each of them, and how far it got, is one transaction. */
@Component
class Filling {

    private static final int BATCH = 2_000;

    /** So many events are gathered and written together, as long as there are as many. */
    private static final int BULK = 20_000;

    private static final int BULK_BESIDE_OTHERS = 2_000;

    private final StoredEvents events;
    private final Rebuilds rebuilds;
    private final PersonalDataCipher personalData;
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final Pace pace;

    Filling(
            StoredEvents events,
            Rebuilds rebuilds,
            PersonalDataCipher personalData,
            JdbcTemplate jdbc,
            TransactionTemplate transaction,
            Pace pace) {
        this.events = events;
        this.rebuilds = rebuilds;
        this.personalData = personalData;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.pace = pace;
    }

    /** What is filled, and by which handlers. */
    record Target(UUID rebuild, Generation generation, List<EventMessageHandler> handlers) {}

    /** Somebody has ended the rebuild. */
    static final class Cancelled extends RuntimeException {}

    /** An event that a projection cannot take: a rebuild stops at it, and says where and why. */
    static final class Poisoned extends RuntimeException {

        Poisoned(Stored stored, RuntimeException cause) {
            super(
                    "event at position %d (%s, stream %s, sequence %d): %s"
                            .formatted(
                                    stored.position(),
                                    EventTypes.nameOf(stored.event().getPayloadType()),
                                    stored.event().getAggregateIdentifier(),
                                    stored.event().getSequenceNumber(),
                                    Objects.requireNonNullElse(
                                            NotProjected.in(cause) instanceof NotProjected why ? why.reason() : null,
                                            cause.getClass().getSimpleName())),
                    cause);
        }
    }

    /**
     * Gathers rows and writes many at a time, while the next events are read and the next rows gathered.
     *
     * @return the last position there was up to the settled one
     */
    long inBulk(Target target, long from, long settled) {
        var gathering = new Gathering(target.handlers(), personalData, new Bulk(jdbc), from);
        var other = new Gathering(target.handlers(), personalData, new Bulk(jdbc), from);
        long last = from;
        try (var ahead = new ReadAhead(events, pace, from, settled);
                var behind = new WriteBehind()) {
            for (List<Stored> page = ahead.next(); !page.isEmpty(); page = ahead.next()) {
                last = page.getLast().position();
                if (!taken(gathering, page)) {
                    behind.await();
                    eventByEvent(target, gathering, last);
                } else if (gathering.size() >= pace.size(BULK, BULK_BESIDE_OTHERS)) {
                    writeBehind(behind, target, gathering, settled);
                    // The one before has been written, and so this one is free.
                    Gathering free = other;
                    other = gathering;
                    gathering = free;
                    gathering.startAfter(last);
                }
            }
            if (gathering.size() > 0) {
                writeBehind(behind, target, gathering, settled);
            }
            behind.await();
        }
        return Math.max(last, settled);
    }

    private void writeBehind(WriteBehind behind, Target target, Gathering gathering, long settled) {
        pace.step(gathering::prepare);
        behind.run(() -> write(target, gathering, settled));
    }

    private boolean taken(Gathering gathering, List<Stored> page) {
        return pace.step(() -> gathering.take(page));
    }

    private void write(Target target, Gathering gathering, long settled) {
        long last = gathering.last();
        try {
            pace.step(() -> transaction.executeWithoutResult(status -> {
                target.generation().writeHereForNow();
                advance(target, last, settled, gathering.flush());
            }));
        } catch (NonTransientDataAccessResourceException away) {
            throw away;
        } catch (NotProjected | NonTransientDataAccessException refused) {
            eventByEvent(target, gathering, last);
        }
    }

    /** One of what was gathered, or of what comes up to the last, cannot be projected: so it will be known which. */
    private void eventByEvent(Target target, Gathering gathering, long last) {
        long first = gathering.after();
        gathering.startAfter(last);
        oneByOne(target, first, last);
    }

    /** @return the last position there was up to the settled one */
    long oneByOne(Target target, long from, long settled) {
        long position = from;
        List<Stored> batch = events.read(position, settled, BATCH);
        while (!batch.isEmpty()) {
            position = batch.getLast().position();
            projectBatch(target, batch, settled);
            batch = events.read(position, settled, BATCH);
        }
        return Math.max(position, settled);
    }

    private void projectBatch(Target target, List<Stored> batch, long settled) {
        try {
            transaction.executeWithoutResult(status -> {
                target.generation().writeHere();
                project(target, batch, settled);
            });
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
            projectBatch(target, batch.subList(0, batch.size() / 2), settled);
            projectBatch(target, batch.subList(batch.size() / 2, batch.size()), settled);
        }
    }

    /** In the caller's transaction, which writes there. */
    void inTransaction(Target target, long from, long settled) {
        List<Stored> batch = events.read(from, settled, BATCH);
        while (!batch.isEmpty()) {
            project(target, batch, settled);
            batch = events.read(batch.getLast().position(), settled, BATCH);
        }
    }

    private void project(Target target, List<Stored> batch, long settled) {
        List<DomainEventMessage<?>> messages =
                batch.stream().<DomainEventMessage<?>>map(Stored::event).toList();
        var work = new BatchingUnitOfWork<>(messages);
        work.start();
        ResultMessage<?> result = work.executeWithResult(
                () -> {
                    try {
                        Gathering.requireKnown(work.getMessage());
                        for (EventMessageHandler handler : target.handlers()) {
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
        advance(target, batch.getLast().position(), settled, batch.size());
    }

    private void advance(Target target, long position, long settled, int projected) {
        if (!rebuilds.advanced(target.rebuild(), position, settled, projected)) {
            throw new Cancelled();
        }
    }
}
