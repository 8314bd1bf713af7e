package io.guildhall.infrastructure.observability;

import io.guildhall.domain.shared.ActorContext;
import io.guildhall.infrastructure.observability.Tracing.Part;
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
 * Commands and queries that may be handled by another process: the span of who sends one goes along, and what is logged while a
 * command is handled names the request that it belongs to.
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
        Part part = metaData.get(Tracing.PARENT) instanceof String span
                ? tracing.beginFor(span, "handle " + command.getPayloadType().getSimpleName())
                : Part.NONE;
        // Behind the append, which is part of it.
        work.onCleanup(over -> {
            part.close();
            LOGGED.forEach(MDC::remove);
        });
        return chain.proceed();
    }
}
