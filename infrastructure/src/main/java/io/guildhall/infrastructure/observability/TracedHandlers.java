package io.guildhall.infrastructure.observability;

import io.guildhall.infrastructure.observability.Tracing.Part;
import java.lang.reflect.Method;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.annotation.HandlerEnhancerDefinition;
import org.axonframework.messaging.annotation.MessageHandlingMember;
import org.axonframework.messaging.annotation.WrappedMessageHandlingMember;
import org.axonframework.queryhandling.QueryHandler;

/**
 * Gives each projection of an event, each reaction to one and each query a span of its own, within the append or the request
 * that it belongs to. What belongs to none, such as a rebuild, has none.
 */
final class TracedHandlers implements HandlerEnhancerDefinition {

    private final Tracing tracing;

    TracedHandlers(Tracing tracing) {
        this.tracing = tracing;
    }

    @Override
    public <T> MessageHandlingMember<T> wrapHandler(MessageHandlingMember<T> original) {
        Method method = original.unwrap(Method.class).orElse(null);
        if (method == null) {
            return original;
        }
        if (method.isAnnotationPresent(EventHandler.class)) {
            return new Traced<>(original, method.getDeclaringClass().getSimpleName());
        }
        return method.isAnnotationPresent(QueryHandler.class)
                ? new Traced<>(original, original.payloadType().getSimpleName())
                : original;
    }

    private final class Traced<T> extends WrappedMessageHandlingMember<T> {

        private final MessageHandlingMember<T> handler;
        private final String name;

        Traced(MessageHandlingMember<T> handler, String name) {
            super(handler);
            this.handler = handler;
            this.name = name;
        }

        @Override
        public Object handle(Message<?> message, T target) throws Exception {
            try (Part part = message.getMetaData().get(Tracing.PARENT) instanceof String parent
                    ? tracing.beginFor(parent, name)
                    : tracing.beginWithin(name)) {
                part.tag("message", message.getPayloadType().getSimpleName());
                return handler.handle(message, target);
            }
        }
    }
}
