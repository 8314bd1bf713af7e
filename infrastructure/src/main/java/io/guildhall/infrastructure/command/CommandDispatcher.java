package io.guildhall.infrastructure.command;

import io.guildhall.domain.shared.ActorContext;
import io.guildhall.domain.shared.DomainRejectionException;
import io.guildhall.domain.user.UserRejections;
import io.guildhall.infrastructure.datasource.StoreUnavailableException;
import io.guildhall.infrastructure.eventstore.AppendResult;
import io.guildhall.infrastructure.eventstore.OptimisticReads;
import io.guildhall.infrastructure.eventstore.StaleAggregateException;
import io.guildhall.infrastructure.idempotency.IdempotentCommandInterceptor;
import io.guildhall.infrastructure.idempotency.IdempotentExecution;
import io.guildhall.infrastructure.observability.CommandMetrics;
import io.guildhall.infrastructure.projection.ProjectionException;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Sends commands. When {@link #send} returns, the events are stored, and the read models of all nodes show them. A command that lost a race
 * against another one runs again, and its second result counts. When a projection fails, the command runs again and succeeds, and the
 * event becomes a dead letter of that projection.
 */
@Component
public class CommandDispatcher {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** After this time without a reply, the outcome of the command is unknown. */
    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(5);

    /** How long a command without a handler is sent again: just after a node has gone, or the Axon Server has returned. */
    private static final Duration UNTIL_TAKEN = Duration.ofSeconds(3);

    private final CommandBus bus;
    private final ReadModelProgress readModelProgress;
    private final CommandMetrics reports;
    private final boolean axonServer;

    CommandDispatcher(
            CommandBus bus,
            ReadModelProgress readModelProgress,
            CommandMetrics reports,
            IdempotentCommandInterceptor idempotency,
            @Value("${axon.axonserver.enabled:false}") boolean axonServer) {
        this.bus = bus;
        this.readModelProgress = readModelProgress;
        this.reports = reports;
        this.axonServer = axonServer;
        bus.registerHandlerInterceptor(idempotency);
        bus.registerHandlerInterceptor(new UnitOfWorkInterceptor());
    }

    /**
     * That a command was carried out.
     *
     * @param position the place of its last event in the global order; 0 when it changed nothing
     */
    public record CommandResult(long position) {}

    /** Sends the command of the current request. */
    public CommandResult send(Object command, ActorContext actor) {
        return send(command, actor, IdempotentExecution.current());
    }

    /**
     * Skips a command that an earlier execution of the same request has carried out.
     *
     * @throws DomainRejectionException when the domain says no; nothing has changed
     * @throws StoreUnavailableException when the store cannot be reached, or the outcome is not known
     */
    public CommandResult send(Object command, ActorContext actor, IdempotentExecution execution) {
        OptionalLong before = execution.beginCommand();
        if (before.isPresent()) {
            return new CommandResult(
                    Math.max(before.getAsLong(), readModelProgress.show(AppendResult.at(before.getAsLong()))));
        }
        CommandMetrics.Report report = reports.begin(command, actor);
        try {
            CommandResult done = carryOut(command, actor, execution, report);
            report.done();
            execution.endCommand(done.position() > 0);
            return done;
        } catch (DomainRejectionException refused) {
            report.refused(refused.rejection());
            execution.endCommand(false);
            throw refused;
        } catch (StoreUnavailableException away) {
            report.unavailable();
            throw away;
        } catch (Throwable mistake) {
            report.failed();
            throw mistake;
        }
    }

    private CommandResult carryOut(
            Object command, ActorContext actor, IdempotentExecution execution, CommandMetrics.Report report) {
        long begun = System.nanoTime();
        MetaData metadata = actor.toMetaData().mergedWith(execution.metaData());
        boolean optimisticReads = !axonServer;
        boolean deadLetterMode = false;
        for (int attempt = 1; ; attempt++) {
            try {
                AppendResult appended = dispatch(new GenericCommandMessage<>(
                        command,
                        metadata.mergedWith(optimisticReads ? OptimisticReads.METADATA : Map.of())
                                .mergedWith(deadLetterMode ? UnitOfWorkInterceptor.DEAD_LETTER_MODE : Map.of())));
                return new CommandResult(readModelProgress.show(appended));
            } catch (StaleAggregateException stale) {
                optimisticReads = false;
            } catch (DomainRejectionException refused) {
                throw refused;
            } catch (AggregateNotFoundException none) {
                throw new DomainRejectionException(UserRejections.NO_SUCH_USER);
            } catch (Exception failure) {
                if (!deadLetterMode && ProjectionException.in(failure) != null) {
                    deadLetterMode = true;
                    continue;
                }
                Duration patience = switch (CommandFailure.of(failure)) {
                    case INTERNAL -> throw asUnchecked(failure);
                    case UNKNOWN_OUTCOME -> throw new StoreUnavailableException(failure);
                    case CONFLICT -> PATIENCE;
                    case NO_HANDLER -> UNTIL_TAKEN;
                };
                if (System.nanoTime() - begun > patience.toNanos()) {
                    throw new StoreUnavailableException(failure);
                }
                report.lostARace();
                pause(attempt);
            }
        }
    }

    private AppendResult dispatch(CommandMessage<?> command) throws Exception {
        var answer = new CompletableFuture<CommandResultMessage<?>>();
        bus.dispatch(command, (it, result) -> answer.complete(result));
        return RemoteCommandResponder.understand(answer.get(ANSWERED_WITHIN.toMillis(), TimeUnit.MILLISECONDS));
    }

    private static RuntimeException asUnchecked(Exception failure) {
        return failure instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(failure);
    }

    private static void pause(int attempt) {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(1, 4L << Math.min(attempt, 5)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException(e);
        }
    }
}
