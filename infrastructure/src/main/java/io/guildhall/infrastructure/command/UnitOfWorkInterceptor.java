package io.guildhall.infrastructure.command;

import io.guildhall.domain.shared.DomainRejectionException;
import io.guildhall.infrastructure.eventstore.AppendResult;
import io.guildhall.infrastructure.eventstore.OptimisticReads;
import io.guildhall.infrastructure.eventstore.StaleAggregateException;
import io.guildhall.infrastructure.projection.deadletter.DeadLetterMode;
import jakarta.annotation.Nonnull;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.AggregateNotFoundException;

/** Prepares the unit of work of a command by the command's metadata, and makes what it has appended the result of the command. */
final class UnitOfWorkInterceptor implements MessageHandlerInterceptor<CommandMessage<?>> {

    private static final String DEAD_LETTERS = "deadLetterMode";

    /** Metadata of a command whose projections run in {@link DeadLetterMode}. */
    static final MetaData DEAD_LETTER_MODE = MetaData.with(DEAD_LETTERS, true);

    /** The append happens after the handler has returned: it is read from the unit of work when that has ended. */
    private record Payload(UnitOfWork<?> work) {}

    /** Returns what the command of a result has appended in this process. */
    static AppendResult appendedBy(CommandResultMessage<?> result) {
        return result.getPayload() instanceof Payload payload ? AppendResult.of(payload.work()) : AppendResult.NOTHING;
    }

    /** @throws StaleAggregateException when the command is rejected after {@link OptimisticReads}; the rejection may be outdated, too */
    @Override
    public Object handle(@Nonnull UnitOfWork<? extends CommandMessage<?>> work, @Nonnull InterceptorChain chain)
            throws Exception {
        if (work.getMessage().getMetaData().containsKey(DEAD_LETTERS)) {
            DeadLetterMode.activate(work);
        }
        try {
            chain.proceed();
        } catch (DomainRejectionException | AggregateNotFoundException rejection) {
            if (OptimisticReads.wereUsed(work)) {
                throw new StaleAggregateException("A rejection was decided on a cached aggregate");
            }
            throw rejection;
        }
        return new Payload(work);
    }
}
