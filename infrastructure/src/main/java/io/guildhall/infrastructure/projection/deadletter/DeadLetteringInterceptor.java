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
 * Wraps the event handlers of every processing group. Normally it only translates permanent failures to
 * {@link ProjectionException}. In {@link DeadLetterMode} it stores such an event, and those behind it in its trail, as dead
 * letters.
 */
@Component
public class DeadLetteringInterceptor implements HandlerEnhancerDefinition {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetteringInterceptor.class);

    /** The result of event handlers is not used. */
    private static final Object HANDLED = new Object();

    private final ObjectProvider<DeadLetterRepository> deadLetters;
    private final ProjectionWriter projectionWriter;

    /** @param deadLetters a provider, since this bean is created before the repository */
    DeadLetteringInterceptor(ObjectProvider<DeadLetterRepository> deadLetters, ProjectionWriter projectionWriter) {
        this.deadLetters = deadLetters;
        this.projectionWriter = projectionWriter;
    }

    @Override
    public <T> MessageHandlingMember<T> wrapHandler(MessageHandlingMember<T> original) {
        Method method = original.unwrap(Method.class).orElse(null);
        if (method == null || !method.isAnnotationPresent(EventHandler.class)) {
            return original;
        }
        ProcessingGroup group = method.getDeclaringClass().getAnnotation(ProcessingGroup.class);
        return group == null ? original : new DeadLetteringMember<>(original, group.value());
    }

    private final class DeadLetteringMember<T> extends WrappedMessageHandlingMember<T> {

        private final MessageHandlingMember<T> handler;
        private final String group;

        DeadLetteringMember(MessageHandlingMember<T> handler, String group) {
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
    interface Invocation {

        @Nullable Object proceed() throws Exception;
    }

    private void handle(DeadLetterMode mode, Queue queue, DomainEventMessage<?> event, Invocation invocation)
            throws Exception {
        DeadLetterRepository deadLetters = this.deadLetters.getObject();
        if (mode.mustWait(queue, deadLetters)) {
            deadLetters.park(queue.projection(), event, positionOf(event), null);
            return;
        }
        projectionWriter.apart(new ProjectionWriter.Apart() {
            @Override
            public void handle() throws Exception {
                invocation.proceed();
            }

            @Override
            public boolean isStillWanted() {
                return !mode.isWaiting(queue);
            }

            @Override
            public void notDone(@Nullable ProjectionException failure) {
                if (failure != null) {
                    LOG.error(
                            "{} cannot project {} with sequence number {} of trail {}: {}",
                            queue.projection(),
                            EventTypes.nameOf(event.getPayloadType()),
                            event.getSequenceNumber(),
                            queue.trail(),
                            failure.reason());
                }
                mode.waiting(queue);
                deadLetters.park(
                        queue.projection(), event, positionOf(event), failure == null ? null : failure.reason());
            }
        });
    }

    /**
     * Returns null for an event that is being appended in the same transaction. Axon's tokens count from 0, positions
     * from 1.
     */
    private static @Nullable Long positionOf(EventMessage<?> event) {
        return event instanceof TrackedEventMessage<?> stored
                ? stored.trackingToken().position().orElseThrow() + 1
                : null;
    }
}
