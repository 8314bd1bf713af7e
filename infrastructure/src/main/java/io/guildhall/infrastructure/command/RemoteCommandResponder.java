package io.guildhall.infrastructure.command;

import io.guildhall.domain.shared.DomainRejectionException;
import io.guildhall.domain.shared.Rejection;
import io.guildhall.domain.user.UserRejections;
import io.guildhall.infrastructure.eventstore.AppendResult;
import io.guildhall.infrastructure.observability.FailureLog;
import java.util.concurrent.atomic.AtomicReference;
import javax.annotation.Nonnull;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandCallback;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandResultMessage;
import org.axonframework.common.Registration;
import org.axonframework.messaging.HandlerExecutionException;
import org.axonframework.messaging.MessageDispatchInterceptor;
import org.axonframework.messaging.MessageHandler;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles the commands that other processes send, and answers so that these understand: what is thrown does not travel, but a
 * refusal does, and what any other failure means. No text of a failure leaves the process, which logs it.
 */
public final class RemoteCommandResponder implements CommandBus {

    private static final Logger LOG = LoggerFactory.getLogger(RemoteCommandResponder.class);

    /** Metadata of an answer: the id of the last event that was appended, and the segments of all of them. */
    private static final String APPENDED = "appended";

    private static final String SEGMENTS = "segments";

    private final CommandBus handlers;

    public RemoteCommandResponder(CommandBus handlers) {
        this.handlers = handlers;
    }

    /**
     * For who has sent a command.
     *
     * @throws DomainRejectionException when it was refused
     * @throws Exception that {@link CommandFailure} knows
     */
    static AppendResult understand(CommandResultMessage<?> answer) throws Exception {
        if (!answer.isExceptional()) {
            MetaData metadata = answer.getMetaData();
            return metadata.get(APPENDED) instanceof String event && metadata.get(SEGMENTS) instanceof Number segments
                    ? AppendResult.somewhere(event, segments.intValue())
                    : UnitOfWorkInterceptor.appendedBy(answer);
        }
        Throwable failure = answer.exceptionResult();
        if (!(failure instanceof DomainRejectionException)) {
            Object details = HandlerExecutionException.resolveDetails(failure).orElse(null);
            if (details instanceof Rejection refusal) {
                throw new DomainRejectionException(refusal);
            }
            if (details instanceof CommandFailure what) {
                throw new CommandFailure.RemoteCommandFailureException(what);
            }
        }
        throw failure instanceof Exception exception ? exception : new IllegalStateException(failure);
    }

    @Override
    public <C, R> void dispatch(
            @Nonnull CommandMessage<C> command, @Nonnull CommandCallback<? super C, ? super R> callback) {
        callback.onResult(command, handle(command));
    }

    private <R> CommandResultMessage<? extends R> handle(CommandMessage<?> command) {
        try {
            return RemoteCommandResponder.<R>told(command, this.<R>run(command));
        } catch (Exception e) {
            return new GenericCommandResultMessage<R>(told(command, e));
        }
    }

    private <R> CommandResultMessage<? extends R> run(CommandMessage<?> command) throws Exception {
        var answer = new AtomicReference<CommandResultMessage<? extends R>>();
        CommandCallback<Object, R> keep = (sent, result) -> answer.set(result);
        handlers.dispatch(command, keep);
        CommandResultMessage<? extends R> result = answer.get();
        if (result == null) {
            throw new IllegalStateException("A command was not answered");
        }
        if (result.isExceptional()) {
            return result;
        }
        AppendResult appended = UnitOfWorkInterceptor.appendedBy(result);
        String event = appended.event();
        return new GenericCommandResultMessage<>(
                null,
                event == null
                        ? MetaData.emptyInstance()
                        : MetaData.with(APPENDED, event).and(SEGMENTS, appended.segments()));
    }

    private static <R> CommandResultMessage<? extends R> told(
            CommandMessage<?> command, CommandResultMessage<? extends R> result) {
        return result.isExceptional()
                ? new GenericCommandResultMessage<R>(told(command, result.exceptionResult()))
                : result;
    }

    private static CommandExecutionException told(CommandMessage<?> command, Throwable failure) {
        if (failure instanceof DomainRejectionException refused) {
            return refused;
        }
        if (failure instanceof AggregateNotFoundException) {
            return new DomainRejectionException(UserRejections.NO_SUCH_USER);
        }
        CommandFailure what = CommandFailure.of(failure);
        switch (what) {
            case INTERNAL -> FailureLog.error(LOG, command.getCommandName() + " failed", failure);
            case UNKNOWN_OUTCOME -> FailureLog.warn(LOG, command.getCommandName() + ": the store is away", failure);
            case CONFLICT, NO_HANDLER -> LOG.debug("{} is to be run again", command.getCommandName(), failure);
        }
        return new CommandExecutionException(what.name(), null, what);
    }

    @Override
    public <C> void dispatch(@Nonnull CommandMessage<C> command) {
        dispatch(command, (sent, result) -> {});
    }

    @Override
    public Registration subscribe(
            @Nonnull String commandName, @Nonnull MessageHandler<? super CommandMessage<?>> handler) {
        return handlers.subscribe(commandName, handler);
    }

    @Override
    public Registration registerHandlerInterceptor(
            @Nonnull MessageHandlerInterceptor<? super CommandMessage<?>> interceptor) {
        return handlers.registerHandlerInterceptor(interceptor);
    }

    @Override
    public Registration registerDispatchInterceptor(
            @Nonnull MessageDispatchInterceptor<? super CommandMessage<?>> interceptor) {
        return handlers.registerDispatchInterceptor(interceptor);
    }
}
