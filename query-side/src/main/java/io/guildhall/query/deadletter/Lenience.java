package io.guildhall.query.deadletter;

import io.guildhall.domain.EventTypes;
import io.guildhall.query.deadletter.DeadLetters.Queue;
import io.guildhall.query.store.NotProjected;
import io.guildhall.query.store.Rows;
import io.guildhall.query.store.TrailSequencingPolicy;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Stands in front of the handlers of every processing group. As long as all goes well it does nothing; what a group cannot take
 * is called {@link NotProjected}. Where {@link Care} is taken, such an event is parked, and those behind it in its trail wait.
 */
@Component
public class Lenience {

    private static final Logger LOG = LoggerFactory.getLogger(Lenience.class);

    private final DeadLetters letters;
    private final Groups groups;
    private final Rows rows;

    Lenience(DeadLetters letters, Groups groups, Rows rows) {
        this.letters = letters;
        this.groups = groups;
        this.rows = rows;
    }

    /** For the processor of a group. */
    public MessageHandlerInterceptor<EventMessage<?>> of(String group) {
        return (work, chain) -> {
            if (!Care.isTaken()) {
                try {
                    return chain.proceed();
                } catch (Exception failure) {
                    throw NotProjected.meaning(failure);
                }
            }
            if (work.getMessage() instanceof DomainEventMessage<?> event && groups.handles(group, event)) {
                handle(new Queue(group, TrailSequencingPolicy.sequenceOf(event)), event, chain::proceed);
            }
            return null;
        };
    }

    @FunctionalInterface
    interface Handling {

        @Nullable Object proceed() throws Exception;
    }

    private void handle(Queue queue, DomainEventMessage<?> event, Handling handling) throws Exception {
        Care care = Care.current();
        if (care.mustWait(queue, letters)) {
            letters.park(queue.projection(), event, care.position(), null);
            return;
        }
        rows.apart(new Rows.Apart() {
            @Override
            public void handle() throws Exception {
                handling.proceed();
            }

            @Override
            public boolean isStillWanted() {
                return !care.isWaiting(queue);
            }

            @Override
            public void notDone(@Nullable NotProjected failure) {
                if (failure != null) {
                    LOG.error(
                            "{} cannot take the {} at {} of stream {}: {}",
                            queue.projection(),
                            EventTypes.nameOf(event.getPayloadType()),
                            event.getSequenceNumber(),
                            queue.stream(),
                            failure.reason());
                }
                care.waiting(queue);
                letters.park(queue.projection(), event, care.position(), failure == null ? null : failure.reason());
            }
        });
    }
}
