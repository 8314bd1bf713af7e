package io.guildhall.infrastructure.idempotency;

import io.guildhall.infrastructure.eventstore.AppendResult;
import jakarta.annotation.Nonnull;
import java.util.UUID;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Lets a command with an idempotency key append events only while its lease is valid. With events in PostgreSQL, the same transaction
 * records the command as done: either both are stored or neither. With an Axon Server, {@link IdempotencyEventHandler} records it.
 */
@Component
public class IdempotentCommandInterceptor implements MessageHandlerInterceptor<CommandMessage<?>> {

    private final IdempotencyStore store;
    private final boolean axonServer;

    IdempotentCommandInterceptor(
            IdempotencyStore store, @Value("${axon.axonserver.enabled:false}") boolean axonServer) {
        this.store = store;
        this.axonServer = axonServer;
    }

    @Override
    public Object handle(@Nonnull UnitOfWork<? extends CommandMessage<?>> work, @Nonnull InterceptorChain chain)
            throws Exception {
        var metaData = work.getMessage().getMetaData();
        if (metaData.get(IdempotentExecution.KEY) instanceof String key
                && metaData.get(IdempotentExecution.LEASE) instanceof String lease) {
            guard(work, UUID.fromString(key), UUID.fromString(lease));
        }
        return chain.proceed();
    }

    private void guard(UnitOfWork<?> work, UUID key, UUID lease) {
        if (axonServer) {
            // Registered before the event store's own handler, which appends in the same phase.
            work.onPrepareCommit(prepared -> store.requireLease(key, lease));
        } else {
            // The events are appended and the transaction, which was attached before, commits after this.
            work.onCommit(appended -> {
                long position = AppendResult.of(appended).position();
                if (position > 0) {
                    store.recordDone(key, lease, position);
                }
            });
        }
    }
}
