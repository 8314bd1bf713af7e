package io.guildhall.infrastructure.projection.deadletter;

import io.guildhall.domain.EventTypes;
import io.guildhall.infrastructure.projection.ProjectionException;
import io.guildhall.infrastructure.projection.ProjectionWriter;
import io.guildhall.infrastructure.projection.TrailSequencingPolicy;
import io.guildhall.infrastructure.projection.deadletter.DeadLetterRepository.Queue;
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
 * is called {@link ProjectionException}. With {@link DeadLetterMode}, such an event becomes a dead letter, and later events of its trail wait behind it.
 */
@Component
public class DeadLetteringInterceptor implements HandlerEnhancerDefinition {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetteringInterceptor.class);

    /** Nobody asks for the result of an event handler. */
    private static final Object HANDLED = new Object();

    private final ObjectProvider<DeadLetterRepository> letters;
    private final ProjectionWriter projectionWriter;

    /** @param letters looked for when they are needed: this is one of the first beans to be made */
    DeadLetteringInterceptor(ObjectProvider<DeadLetterRepository> letters, ProjectionWriter projectionWriter) {
        this.letters = letters;
        this.projectionWriter = projectionWriter;
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
            DeadLetterMode deadLetterMode = DeadLetterMode.current();
            if (deadLetterMode != null && message instanceof DomainEventMessage<?> event) {
                DeadLetteringInterceptor.this.handle(
                        deadLetterMode,
                        new Queue(group, TrailSequencingPolicy.sequenceOf(event)),
                        event,
                        () -> handler.handle(message, target));
                return HANDLED;
            }
            try {
                return handler.handle(message, target);
            } catch (Exception failure) {
                throw ProjectionException.meaning(failure);
            }
        }
    }

    @FunctionalInterface
    interface Handling {

        @Nullable Object proceed() throws Exception;
    }

    private void handle(DeadLetterMode deadLetterMode, Queue queue, DomainEventMessage<?> event, Handling handling)
            throws Exception {
        DeadLetterRepository letters = this.letters.getObject();
        if (deadLetterMode.mustWait(queue, letters)) {
            letters.park(queue.projection(), event, positionOf(event), null);
            return;
        }
        projectionWriter.apart(new ProjectionWriter.Apart() {
            @Override
            public void handle() throws Exception {
                handling.proceed();
            }

            @Override
            public boolean isStillWanted() {
                return !deadLetterMode.isWaiting(queue);
            }

            @Override
            public void notDone(@Nullable ProjectionException failure) {
                if (failure != null) {
                    LOG.error(
                            "{} cannot take the {} at {} of trail {}: {}",
                            queue.projection(),
                            EventTypes.nameOf(event.getPayloadType()),
                            event.getSequenceNumber(),
                            queue.trail(),
                            failure.reason());
                }
                deadLetterMode.waiting(queue);
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
