package io.guildhall.infrastructure.observability;

import io.guildhall.domain.shared.ActorContext;
import io.guildhall.infrastructure.observability.Tracing.SpanScope;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import javax.annotation.Nonnull;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.MessageDispatchInterceptor;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Adds the sender's span to commands and queries, which another node may handle, and sets the log context of the
 * request while a command is handled.
 */
public final class MessageTracePropagation
        implements MessageDispatchInterceptor<Message<?>>, MessageHandlerInterceptor<CommandMessage<?>> {

    private static final List<String> LOGGED = List.of(ActorContext.REQUEST, ActorContext.ACTOR, ActorContext.TOKEN);

    private final Tracing tracing;

    public MessageTracePropagation(Tracing tracing) {
        this.tracing = tracing;
    }

    @Override
    public @Nonnull BiFunction<Integer, Message<?>, Message<?>> handle(@Nonnull List<? extends Message<?>> sent) {
        String span = tracing.current();
        return (index, message) -> span == null ? message : message.andMetaData(Map.of(Tracing.PARENT, span));
    }

    @Override
    public @Nullable Object handle(
            @Nonnull UnitOfWork<? extends CommandMessage<?>> work, @Nonnull InterceptorChain chain) throws Exception {
        CommandMessage<?> command = work.getMessage();
        MetaData metaData = command.getMetaData();
        LOGGED.forEach(key -> MDC.put(key, metaData.get(key) instanceof String value ? value : null));
        SpanScope scope = metaData.get(Tracing.PARENT) instanceof String span
                ? tracing.beginFor(span, "handle " + command.getPayloadType().getSimpleName())
                : SpanScope.NONE;
        // After the append, which the span includes.
        work.onCleanup(ended -> {
            scope.close();
            LOGGED.forEach(MDC::remove);
        });
        return chain.proceed();
    }
}
