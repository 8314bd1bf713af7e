package io.guildhall.query.deadletter;

import io.guildhall.domain.EventTypes;
import io.guildhall.query.deadletter.DeadLetters.Queue;
import io.guildhall.query.store.NotProjected;
import io.guildhall.query.store.Rows;
import io.guildhall.query.store.TrailSequencingPolicy;
import java.lang.reflect.Method;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.annotation.HandlerEnhancerDefinition;
import org.axonframework.messaging.annotation.MessageHandlingMember;
import org.axonframework.messaging.annotation.WrappedMessageHandlingMember;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Stands in front of the event handlers of every processing group. As long as all goes well it does nothing; what a handler cannot take
 * is called {@link NotProjected}. Where {@link Care} is taken, such an event is parked, and those behind it in its trail wait.
 */
@Component
public class Lenience implements HandlerEnhancerDefinition {

    private static final Logger LOG = LoggerFactory.getLogger(Lenience.class);

    /** Nobody asks for the result of an event handler. */
    private static final Object HANDLED = new Object();

    private final ObjectProvider<DeadLetters> letters;
    private final Rows rows;

    /** @param letters looked for when they are needed: this is one of the first beans to be made */
    Lenience(ObjectProvider<DeadLetters> letters, Rows rows) {
        this.letters = letters;
        this.rows = rows;
    }

    @Override
    public <T> MessageHandlingMember<T> wrapHandler(MessageHandlingMember<T> original) {
        Method method = original.unwrap(Method.class).orElse(null);
        if (method == null || !method.isAnnotationPresent(EventHandler.class)) {
            return original;
        }
        ProcessingGroup group = method.getDeclaringClass().getAnnotation(ProcessingGroup.class);
        return group == null ? original : new Lenient<>(original, group.value());
    }

    private final class Lenient<T> extends WrappedMessageHandlingMember<T> {

        private final MessageHandlingMember<T> handler;
        private final String group;

        Lenient(MessageHandlingMember<T> handler, String group) {
            super(handler);
            this.handler = handler;
            this.group = group;
        }

        @Override
        public Object handle(Message<?> message, T target) throws Exception {
            if (Care.isTaken() && message instanceof DomainEventMessage<?> event) {
                Lenience.this.handle(
                        new Queue(group, TrailSequencingPolicy.sequenceOf(event)),
                        event,
                        () -> handler.handle(message, target));
                return HANDLED;
            }
            try {
                return handler.handle(message, target);
            } catch (Exception failure) {
                throw NotProjected.meaning(failure);
            }
        }
    }

    @FunctionalInterface
    interface Handling {

        @Nullable Object proceed() throws Exception;
    }

    private void handle(Queue queue, DomainEventMessage<?> event, Handling handling) throws Exception {
        Care care = Care.current();
        DeadLetters letters = this.letters.getObject();
        if (care.mustWait(queue, letters)) {
            letters.park(queue.projection(), event, positionOf(event), null);
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
                letters.park(queue.projection(), event, positionOf(event), failure == null ? null : failure.reason());
            }
        });
    }

    /** Null for an event that is being appended in the same transaction, and has no position yet. Axon's tokens count from 0. */
    private static @Nullable Long positionOf(EventMessage<?> event) {
        return event instanceof TrackedEventMessage<?> stored
                ? stored.trackingToken().position().orElseThrow() + 1
                : null;
    }
}
