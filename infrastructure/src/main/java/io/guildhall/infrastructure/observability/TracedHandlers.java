package io.guildhall.infrastructure.observability;

import io.guildhall.infrastructure.observability.Tracing.SpanScope;
import java.lang.reflect.Method;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.annotation.HandlerEnhancerDefinition;
import org.axonframework.messaging.annotation.MessageHandlingMember;
import org.axonframework.messaging.annotation.WrappedMessageHandlingMember;
import org.axonframework.queryhandling.QueryHandler;

/**
 * Creates a span for each event handler and query handler, within the span of the append or request. Without such a
 * span, as in a rebuild, none is created.
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
            try (SpanScope span = message.getMetaData().get(Tracing.PARENT) instanceof String parent
                    ? tracing.beginFor(parent, name)
                    : tracing.beginWithin(name)) {
                span.tag("message", message.getPayloadType().getSimpleName());
                return handler.handle(message, target);
            }
        }
    }
}
