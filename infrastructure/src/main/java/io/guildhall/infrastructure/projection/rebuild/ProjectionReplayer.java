package io.guildhall.infrastructure.projection.rebuild;

import io.guildhall.domain.EventTypes;
import io.guildhall.domain.shared.PersonalDataCipher;
import io.guildhall.infrastructure.projection.BulkWriter;
import io.guildhall.infrastructure.projection.ProjectionException;
import io.guildhall.infrastructure.projection.rebuild.GlobalEventReader.PositionedEvent;
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
class ProjectionReplayer {

    private static final int BATCH = 2_000;

    /** So many events are gathered and written together, as long as there are as many. */
    private static final int BULK = 20_000;

    private static final int BULK_BESIDE_OTHERS = 2_000;

    private final GlobalEventReader events;
    private final RebuildRepository rebuildRepository;
    private final PersonalDataCipher personalData;
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final RebuildThrottle rebuildThrottle;

    ProjectionReplayer(
            GlobalEventReader events,
            RebuildRepository rebuildRepository,
            PersonalDataCipher personalData,
            JdbcTemplate jdbc,
            TransactionTemplate transaction,
            RebuildThrottle rebuildThrottle) {
        this.events = events;
        this.rebuildRepository = rebuildRepository;
        this.personalData = personalData;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.rebuildThrottle = rebuildThrottle;
    }

    /** What is filled, and by which handlers. */
    record Target(UUID rebuild, ShadowTables generation, List<EventMessageHandler> handlers) {}

    /** Somebody has ended the rebuild. */
    static final class RebuildCancelledException extends RuntimeException {}

    /** An event that a projection cannot take: a rebuild stops at it, and says where and why. */
    static final class UnprojectableEventException extends RuntimeException {

        UnprojectableEventException(PositionedEvent stored, RuntimeException cause) {
            super(
                    "event at position %d (%s, stream %s, sequence %d): %s"
                            .formatted(
                                    stored.position(),
                                    EventTypes.nameOf(stored.event().getPayloadType()),
                                    stored.event().getAggregateIdentifier(),
                                    stored.event().getSequenceNumber(),
                                    Objects.requireNonNullElse(
                                            ProjectionException.in(cause) instanceof ProjectionException why
                                                    ? why.reason()
                                                    : null,
                                            cause.getClass().getSimpleName())),
                    cause);
        }
    }

    /**
     * Gathers rows and writes many at a time, while the next events are read and the next rows gathered.
     *
     * @return the last position there was up to the settled one
     */
    long inBulk(Target target, long from, long highWaterMark) {
        var replayBatch = new ReplayBatch(target.handlers(), personalData, new BulkWriter(jdbc), from);
        var other = new ReplayBatch(target.handlers(), personalData, new BulkWriter(jdbc), from);
        long last = from;
        try (var ahead = new EventPrefetcher(events, rebuildThrottle, from, highWaterMark);
                var behind = new AsyncBatchWriter()) {
            for (List<PositionedEvent> page = ahead.next(); !page.isEmpty(); page = ahead.next()) {
                last = page.getLast().position();
                if (!taken(replayBatch, page)) {
                    behind.await();
                    eventByEvent(target, replayBatch, last);
                } else if (replayBatch.size() >= rebuildThrottle.size(BULK, BULK_BESIDE_OTHERS)) {
                    writeBehind(behind, target, replayBatch, highWaterMark);
                    // The one before has been written, and so this one is free.
                    ReplayBatch free = other;
                    other = replayBatch;
                    replayBatch = free;
                    replayBatch.startAfter(last);
                }
            }
            if (replayBatch.size() > 0) {
                writeBehind(behind, target, replayBatch, highWaterMark);
            }
            behind.await();
        }
        return Math.max(last, highWaterMark);
    }

    private void writeBehind(AsyncBatchWriter behind, Target target, ReplayBatch replayBatch, long highWaterMark) {
        rebuildThrottle.step(replayBatch::prepare);
        behind.run(() -> write(target, replayBatch, highWaterMark));
    }

    private boolean taken(ReplayBatch replayBatch, List<PositionedEvent> page) {
        return rebuildThrottle.step(() -> replayBatch.take(page));
    }

    private void write(Target target, ReplayBatch replayBatch, long highWaterMark) {
        long last = replayBatch.last();
        try {
            rebuildThrottle.step(() -> transaction.executeWithoutResult(status -> {
                target.generation().writeHereForNow();
                advance(target, last, highWaterMark, replayBatch.flush());
            }));
        } catch (NonTransientDataAccessResourceException away) {
            throw away;
        } catch (ProjectionException | NonTransientDataAccessException refused) {
            eventByEvent(target, replayBatch, last);
        }
    }

    /** One of what was gathered, or of what comes up to the last, cannot be projected: so it will be known which. */
    private void eventByEvent(Target target, ReplayBatch replayBatch, long last) {
        long first = replayBatch.after();
        replayBatch.startAfter(last);
        oneByOne(target, first, last);
    }

    /** @return the last position there was up to the settled one */
    long oneByOne(Target target, long from, long highWaterMark) {
        long position = from;
        List<PositionedEvent> batch = events.read(position, highWaterMark, BATCH);
        while (!batch.isEmpty()) {
            position = batch.getLast().position();
            projectBatch(target, batch, highWaterMark);
            batch = events.read(position, highWaterMark, BATCH);
        }
        return Math.max(position, highWaterMark);
    }

    private void projectBatch(Target target, List<PositionedEvent> batch, long highWaterMark) {
        try {
            transaction.executeWithoutResult(status -> {
                target.generation().writeHere();
                project(target, batch, highWaterMark);
            });
        } catch (RebuildCancelledException
                | UnprojectableEventException
                | NonTransientDataAccessResourceException
                | TransientDataAccessException
                | TransactionException stop) {
            // Not the event's fault: the build stands where it is, and goes on when it is taken up again.
            throw stop;
        } catch (RuntimeException failure) {
            if (batch.size() == 1) {
                throw new UnprojectableEventException(batch.getFirst(), failure);
            }
            // One of them cannot be projected: the half that holds it will say which.
            projectBatch(target, batch.subList(0, batch.size() / 2), highWaterMark);
            projectBatch(target, batch.subList(batch.size() / 2, batch.size()), highWaterMark);
        }
    }

    /** In the caller's transaction, which writes there. */
    void inTransaction(Target target, long from, long highWaterMark) {
        List<PositionedEvent> batch = events.read(from, highWaterMark, BATCH);
        while (!batch.isEmpty()) {
            project(target, batch, highWaterMark);
            batch = events.read(batch.getLast().position(), highWaterMark, BATCH);
        }
    }

    private void project(Target target, List<PositionedEvent> batch, long highWaterMark) {
        List<DomainEventMessage<?>> messages = batch.stream()
                .<DomainEventMessage<?>>map(PositionedEvent::event)
                .toList();
        var work = new BatchingUnitOfWork<>(messages);
        work.start();
        ResultMessage<?> result = work.executeWithResult(
                () -> {
                    try {
                        ReplayBatch.requireKnown(work.getMessage());
                        for (EventMessageHandler handler : target.handlers()) {
                            if (handler.canHandle(work.getMessage())) {
                                handler.handle(work.getMessage());
                            }
                        }
                        return null;
                    } catch (Exception failure) {
                        throw ProjectionException.meaning(failure);
                    }
                },
                RollbackConfigurationType.ANY_THROWABLE);
        if (result.isExceptional()) {
            throw result.exceptionResult() instanceof RuntimeException unchecked
                    ? unchecked
                    : new IllegalStateException(result.exceptionResult());
        }
        advance(target, batch.getLast().position(), highWaterMark, batch.size());
    }

    private void advance(Target target, long position, long highWaterMark, int projected) {
        if (!rebuildRepository.advanced(target.rebuild(), position, highWaterMark, projected)) {
            throw new RebuildCancelledException();
        }
    }
}
