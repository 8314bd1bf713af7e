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

/** Projects events into shadow tables. Each batch is one transaction with the position it reached. */
@Component
class ProjectionReplayer {

    private static final int BATCH = 2_000;

    /** Events buffered before they are written together. */
    private static final int BULK = 20_000;

    private static final int BULK_UNDER_LOAD = 2_000;

    private final GlobalEventReader events;
    private final RebuildRepository rebuilds;
    private final PersonalDataCipher personalData;
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final RebuildThrottle throttle;

    ProjectionReplayer(
            GlobalEventReader events,
            RebuildRepository rebuilds,
            PersonalDataCipher personalData,
            JdbcTemplate jdbc,
            TransactionTemplate transaction,
            RebuildThrottle throttle) {
        this.events = events;
        this.rebuilds = rebuilds;
        this.personalData = personalData;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.throttle = throttle;
    }

    /** The tables to fill, and the handlers that fill them. */
    record Target(UUID rebuild, ShadowTables generation, List<EventMessageHandler> handlers) {}

    /** The operator has cancelled the rebuild. */
    static final class RebuildCancelledException extends RuntimeException {}

    /** A projection cannot project an event. The rebuild stops; the message names the position and the reason. */
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
     * Buffers rows and writes them in bulk, while the next events are read and projected.
     *
     * @return the last position read, at least the high-water mark
     */
    long inBulk(Target target, long from, long highWaterMark) {
        var replayBatch = new ReplayBatch(target.handlers(), personalData, new BulkWriter(jdbc), from);
        var spare = new ReplayBatch(target.handlers(), personalData, new BulkWriter(jdbc), from);
        long last = from;
        try (var prefetcher = new EventPrefetcher(events, throttle, from, highWaterMark);
                var writer = new AsyncBatchWriter()) {
            for (List<PositionedEvent> page = prefetcher.next(); !page.isEmpty(); page = prefetcher.next()) {
                last = page.getLast().position();
                if (!addToBatch(replayBatch, page)) {
                    writer.await();
                    replayUnbuffered(target, replayBatch, last);
                } else if (replayBatch.size() >= throttle.size(BULK, BULK_UNDER_LOAD)) {
                    writeAsync(writer, target, replayBatch, highWaterMark);
                    // The previous batch has been written, so its buffers are free.
                    ReplayBatch free = spare;
                    spare = replayBatch;
                    replayBatch = free;
                    replayBatch.startAfter(last);
                }
            }
            if (replayBatch.size() > 0) {
                writeAsync(writer, target, replayBatch, highWaterMark);
            }
            writer.await();
        }
        return Math.max(last, highWaterMark);
    }

    private void writeAsync(AsyncBatchWriter writer, Target target, ReplayBatch replayBatch, long highWaterMark) {
        throttle.step(replayBatch::prepare);
        writer.submit(() -> write(target, replayBatch, highWaterMark));
    }

    private boolean addToBatch(ReplayBatch replayBatch, List<PositionedEvent> page) {
        return throttle.step(() -> replayBatch.take(page));
    }

    private void write(Target target, ReplayBatch replayBatch, long highWaterMark) {
        long last = replayBatch.last();
        try {
            throttle.step(() -> transaction.executeWithoutResult(status -> {
                target.generation().writeHereForNow();
                advance(target, last, highWaterMark, replayBatch.flush());
            }));
        } catch (NonTransientDataAccessResourceException unavailable) {
            throw unavailable;
        } catch (ProjectionException | NonTransientDataAccessException rejected) {
            replayUnbuffered(target, replayBatch, last);
        }
    }

    /** Projects the buffered events and those up to {@code last} without buffering, to find the one that fails. */
    private void replayUnbuffered(Target target, ReplayBatch replayBatch, long last) {
        long first = replayBatch.after();
        replayBatch.startAfter(last);
        oneByOne(target, first, last);
    }

    /** @return the last position read, at least the high-water mark */
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
            // Not caused by the event: the rebuild keeps its position and continues later.
            throw stop;
        } catch (RuntimeException failure) {
            if (batch.size() == 1) {
                throw new UnprojectableEventException(batch.getFirst(), failure);
            }
            // Split the batch to find the event that fails.
            projectBatch(target, batch.subList(0, batch.size() / 2), highWaterMark);
            projectBatch(target, batch.subList(batch.size() / 2, batch.size()), highWaterMark);
        }
    }

    /** Projects in the caller's transaction, whose search path must be the shadow tables'. */
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
        if (!rebuilds.advanced(target.rebuild(), position, highWaterMark, projected)) {
            throw new RebuildCancelledException();
        }
    }
}
