package io.guildhall.api.wiring;

import io.guildhall.api.axonserver.ServerAway;
import io.guildhall.api.store.Position;
import io.guildhall.api.store.Trust;
import io.guildhall.api.telemetry.CommandReports;
import io.guildhall.api.turn.LostTurn;
import io.guildhall.api.turn.Turn;
import io.guildhall.domain.account.AccountRefusal;
import io.guildhall.domain.kernel.Act;
import io.guildhall.domain.kernel.CommandRefused;
import io.guildhall.query.deadletter.Care;
import io.guildhall.query.store.NotProjected;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.common.lock.DeadlockException;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

/**
 * The one way to send a command. When it returns, the events are stored and the read models show them, to every process. A
 * race that was lost against another command is run again; what is then refused is refused. What a projection cannot take is
 * run again with care: the command succeeds, and the projection has a dead letter.
 */
@Component
public class Commands {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final CommandBus bus;
    private final Positions positions;
    private final CommandReports reports;

    Commands(CommandBus bus, Positions positions, CommandReports reports) {
        this.bus = bus;
        this.positions = positions;
        this.reports = reports;
        bus.registerHandlerInterceptor(Commands::noteDone);
    }

    /**
     * A command of a request with an idempotency key is noted as done in its own transaction, after its events are appended:
     * whatever is killed then, both are there or neither is.
     */
    private static Object noteDone(UnitOfWork<? extends CommandMessage<?>> work, InterceptorChain chain)
            throws Exception {
        Turn turn = Turn.current();
        if (turn.isKept()) {
            // Everything is prepared by then, and the transaction, which was attached before this, commits after this.
            work.onCommit(appended -> turn.done(Position.soFar()));
        }
        return chain.proceed();
    }

    /**
     * That a command was carried out.
     *
     * @param position the place of its last event in the global order; 0 when it changed nothing
     */
    public record Done(long position) {}

    /**
     * Passes over what an earlier run of the same request has done.
     *
     * @throws CommandRefused when the domain says no; nothing has changed
     * @throws StoreUnavailable when the store cannot be reached, or the outcome is not known
     */
    public Done send(Object command, Act act) {
        OptionalLong before = Turn.current().nextDone();
        if (before.isPresent()) {
            return new Done(Math.max(before.getAsLong(), positions.show(before.getAsLong())));
        }
        CommandReports.Report report = reports.begin(command, act);
        try {
            Done done = carryOut(command, act, report);
            report.done();
            return done;
        } catch (CommandRefused refused) {
            report.refused(refused.refusal());
            throw refused;
        } catch (StoreUnavailable away) {
            report.unavailable();
            throw away;
        } catch (Throwable mistake) {
            report.failed();
            throw mistake;
        }
    }

    private Done carryOut(Object command, Act act, CommandReports.Report report) {
        Instant giveUp = Instant.now().plus(PATIENCE);
        boolean care = false;
        boolean trusting = true;
        for (int attempt = 1; ; attempt++) {
            var trust = new Trust();
            try {
                Callable<?> plain = () -> dispatch(command, act);
                Callable<?> careful = care ? () -> Care.whileAppending(plain) : plain;
                Callable<?> run = trusting ? () -> trust.during(careful) : careful;
                return new Done(positions.show(Position.of(run)));
            } catch (Exception failure) {
                if (trust.wasTaken() && mayBeOutdated(failure)) {
                    trusting = false;
                    continue;
                }
                if (failure instanceof CommandRefused refused) {
                    throw refused;
                }
                if (failure instanceof AggregateNotFoundException) {
                    throw CommandRefused.because(new AccountRefusal.AccountGone());
                }
                if (!care && NotProjected.in(failure) != null) {
                    care = true;
                    continue;
                }
                if (!lostRace(failure)) {
                    throw unavailable(failure) ? new StoreUnavailable(failure) : asUnchecked(failure);
                }
                if (Instant.now().isAfter(giveUp)) {
                    throw new StoreUnavailable(failure);
                }
                report.lostARace();
                pause(attempt);
            }
        }
    }

    private @Nullable Object dispatch(Object command, Act act) throws Exception {
        var message = new GenericCommandMessage<>(command, act.toMetaData());
        var answer = new AtomicReference<@Nullable CommandResultMessage<?>>();
        bus.dispatch(message, (sent, result) -> answer.set(result));
        CommandResultMessage<?> result = answer.get();
        if (result == null) {
            throw new IllegalStateException(
                    "A command was not answered: " + command.getClass().getSimpleName());
        }
        if (result.isExceptional()) {
            throw result.exceptionResult() instanceof Exception failure
                    ? failure
                    : new IllegalStateException(result.exceptionResult());
        }
        return null;
    }

    /** What was decided on aggregates that may be outdated. All of these come before anything is committed. */
    private static boolean mayBeOutdated(Exception failure) {
        return failure instanceof CommandRefused
                || failure instanceof Trust.Unproven
                || failure instanceof AggregateNotFoundException
                || lostRace(failure);
    }

    private static boolean lostRace(Throwable failure) {
        return failure instanceof ConcurrencyException
                || failure instanceof AggregateStreamCreationException
                || failure instanceof DeadlockException
                || failure instanceof ConcurrencyFailureException
                || ServerAway.isLostRace(failure);
    }

    private static boolean unavailable(Throwable failure) {
        return failure instanceof LostTurn
                || failure instanceof StoreUnavailable
                || ServerAway.isBehind(failure)
                || failure instanceof CannotCreateTransactionException
                || failure instanceof TransactionSystemException
                || failure instanceof DataAccessResourceFailureException
                || failure instanceof RecoverableDataAccessException
                || failure instanceof TransientDataAccessResourceException
                || failure instanceof EventStoreException
                        && failure.getCause() instanceof SQLException sql
                        && connectionLost(sql.getSQLState());
    }

    /** Classes 08 (connection), 53 (resources), 57 (operator intervention), 58 (system error), and none at all. */
    private static boolean connectionLost(@Nullable String state) {
        return state == null || state.matches("(08|53|57|58).*");
    }

    private static RuntimeException asUnchecked(Exception failure) {
        return failure instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(failure);
    }

    private static void pause(int attempt) {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(1, 4L << Math.min(attempt, 5)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailable(e);
        }
    }
}
