package io.guildhall.infrastructure.projection.deadletter;

import io.guildhall.infrastructure.projection.ProjectionException;
import io.guildhall.infrastructure.projection.ProjectionWriter;
import io.guildhall.infrastructure.projection.deadletter.DeadLetterRepository.Queue;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessageHandler;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Retries and discards dead letters for operators. Events of one processing group and trail are retried in order, up to
 * the first that fails.
 */
@Component
public class DeadLetterProcessor {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterProcessor.class);

    private static final int BATCH = 200;

    /** Limits a retry, as the operator waits for the response. The next retry continues. */
    private static final Duration MAX_DURATION = Duration.ofSeconds(20);

    private final DeadLetterRepository deadLetters;
    private final ProcessingGroupRegistry groups;
    private final ProjectionWriter projectionWriter;
    private final EventLookup events;
    private final TransactionTemplate transaction;

    DeadLetterProcessor(
            DeadLetterRepository deadLetters,
            ProcessingGroupRegistry groups,
            ProjectionWriter projectionWriter,
            EventLookup events,
            TransactionTemplate transaction) {
        this.deadLetters = deadLetters;
        this.groups = groups;
        this.projectionWriter = projectionWriter;
        this.events = events;
        this.transaction = transaction;
    }

    /** The names of all processing groups. */
    public Collection<String> groups() {
        return groups.names();
    }

    /**
     * Retries the queues of a processing group, or of all if null.
     *
     * @return the number of events that succeeded
     */
    public long retryAll(@Nullable String projection) {
        long deadline = System.nanoTime() + MAX_DURATION.toNanos();
        long projected = 0;
        for (Queue queue : deadLetters.queues(projection)) {
            if (System.nanoTime() - deadline > 0) {
                break;
            }
            projected += retry(queue, deadline);
        }
        return projected;
    }

    /**
     * Retries the queue of a dead letter from its beginning.
     *
     * @return the number of events that succeeded; 0 if the dead letter does not exist
     */
    public long retry(UUID id) {
        DeadLetter letter = deadLetters.find(id);
        return letter == null ? 0 : retry(queueOf(letter), System.nanoTime() + MAX_DURATION.toNanos());
    }

    /**
     * Discards a dead letter and retries the events behind it. The projection lacks the event until it is rebuilt.
     *
     * @return the number of events that succeeded
     */
    public long discard(UUID id) {
        DeadLetter letter = deadLetters.find(id);
        if (letter == null) {
            return 0;
        }
        transaction.executeWithoutResult(status -> {
            deadLetters.lock(letter.trail());
            deadLetters.delivered(letter);
        });
        LOG.warn(
                "Discarded dead letter {} at position {} of {}: {}",
                letter.event(),
                letter.position(),
                letter.projection(),
                letter.reason());
        return retry(queueOf(letter), System.nanoTime() + MAX_DURATION.toNanos());
    }

    private static Queue queueOf(DeadLetter letter) {
        return new Queue(letter.projection(), letter.trail());
    }

    private long retry(Queue queue, long deadline) {
        EventMessageHandler handler = groups.find(queue.projection());
        if (handler == null) {
            return 0;
        }
        long projected = 0;
        Step step;
        do {
            step = transaction.execute(status -> step(queue, handler));
            projected += step == null ? 0 : step.projected();
        } while (step != null && step.more() && System.nanoTime() - deadline < 0);
        return projected;
    }

    private record Step(int projected, boolean more) {}

    /** Holds the trail's lock: appends to the trail that find dead letters wait for it. */
    private Step step(Queue queue, EventMessageHandler handler) {
        deadLetters.lock(queue.trail());
        List<DeadLetter> batch = deadLetters.take(queue, BATCH);
        int projected = 0;
        for (DeadLetter letter : batch) {
            ProjectionException failure = project(letter, handler);
            if (failure != null) {
                deadLetters.refused(letter, failure.reason());
                return new Step(projected, false);
            }
            deadLetters.delivered(letter);
            projected++;
        }
        return new Step(projected, batch.size() == BATCH);
    }

    private @Nullable ProjectionException project(DeadLetter letter, EventMessageHandler handler) {
        DomainEventMessage<?> event = events.position(letter.position());
        var attempt = new Attempt(event, handler);
        var work = DefaultUnitOfWork.startAndGet(event);
        try {
            projectionWriter.apart(attempt);
            work.commit();
        } catch (Exception e) {
            if (work.isActive()) {
                work.rollback(e);
            }
            throw e instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(e);
        }
        return attempt.failure;
    }

    private static final class Attempt implements ProjectionWriter.Apart {

        private final DomainEventMessage<?> event;
        private final EventMessageHandler handler;
        private @Nullable ProjectionException failure;

        Attempt(DomainEventMessage<?> event, EventMessageHandler handler) {
            this.event = event;
            this.handler = handler;
        }

        @Override
        public void handle() throws Exception {
            handler.handle(event);
        }

        @Override
        public boolean isStillWanted() {
            return true;
        }

        @Override
        public void notDone(@Nullable ProjectionException cause) {
            failure = cause;
        }
    }
}
