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

/** What operators decide over dead letters. Those of one projection and trail are tried in their order, up to the first that fails. */
@Component
public class DeadLetterProcessor {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterProcessor.class);

    private static final int BATCH = 200;

    /** Somebody waits for the answer; what is left is for the next time. */
    private static final Duration MOST = Duration.ofSeconds(20);

    private final DeadLetterRepository letters;
    private final ProcessingGroupRegistry groups;
    private final ProjectionWriter projectionWriter;
    private final EventLookup events;
    private final TransactionTemplate transaction;

    DeadLetterProcessor(
            DeadLetterRepository letters,
            ProcessingGroupRegistry groups,
            ProjectionWriter projectionWriter,
            EventLookup events,
            TransactionTemplate transaction) {
        this.letters = letters;
        this.groups = groups;
        this.projectionWriter = projectionWriter;
        this.events = events;
        this.transaction = transaction;
    }

    /** Whatever can have dead letters: projections, and what reacts to events. */
    public Collection<String> groups() {
        return groups.names();
    }

    /**
     * Every queue of a projection, or of all of them.
     *
     * @return how many were projected
     */
    public long retryAll(@Nullable String projection) {
        long until = System.nanoTime() + MOST.toNanos();
        long projected = 0;
        for (Queue queue : letters.queues(projection)) {
            if (System.nanoTime() - until > 0) {
                break;
            }
            projected += retry(queue, until);
        }
        return projected;
    }

    /**
     * The queue that a letter is in, from its beginning.
     *
     * @return how many were projected; 0 when it is gone
     */
    public long retry(UUID id) {
        DeadLetter letter = letters.find(id);
        return letter == null ? 0 : retry(queueOf(letter), System.nanoTime() + MOST.toNanos());
    }

    /**
     * Its projection goes without it, until it is rebuilt; what waited behind it is tried.
     *
     * @return how many were projected
     */
    public long discard(UUID id) {
        DeadLetter letter = letters.find(id);
        if (letter == null) {
            return 0;
        }
        transaction.executeWithoutResult(status -> {
            letters.lock(letter.trail());
            letters.delivered(letter);
        });
        LOG.warn(
                "The {} at position {} was discarded for {}: {}",
                letter.event(),
                letter.position(),
                letter.projection(),
                letter.reason());
        return retry(queueOf(letter), System.nanoTime() + MOST.toNanos());
    }

    private static Queue queueOf(DeadLetter letter) {
        return new Queue(letter.projection(), letter.trail());
    }

    private long retry(Queue queue, long until) {
        EventMessageHandler handler = groups.find(queue.projection());
        if (handler == null) {
            return 0;
        }
        long projected = 0;
        Step step;
        do {
            step = transaction.execute(status -> step(queue, handler));
            projected += step == null ? 0 : step.projected();
        } while (step != null && step.more() && System.nanoTime() - until < 0);
        return projected;
    }

    private record Step(int projected, boolean more) {}

    /** Whoever appends to the trail meanwhile, and finds that something waits, waits for this. */
    private Step step(Queue queue, EventMessageHandler handler) {
        letters.lock(queue.trail());
        List<DeadLetter> batch = letters.take(queue, BATCH);
        int projected = 0;
        for (DeadLetter letter : batch) {
            ProjectionException failure = project(letter, handler);
            if (failure != null) {
                letters.refused(letter, failure.reason());
                return new Step(projected, false);
            }
            letters.delivered(letter);
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
        public void notDone(@Nullable ProjectionException why) {
            failure = why;
        }
    }
}
