package io.guildhall.infrastructure.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.axoniq.axonserver.grpc.command.CommandResponse;
import io.grpc.Status;
import io.guildhall.domain.invitation.InvitationRejections;
import io.guildhall.domain.session.SessionCommand.EndSession;
import io.guildhall.domain.shared.DomainRejectionException;
import io.guildhall.domain.user.UserRejections;
import io.guildhall.infrastructure.eventstore.AppendResult;
import io.guildhall.infrastructure.eventstore.EventSerializers;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.axonframework.axonserver.connector.AxonServerConfiguration;
import org.axonframework.axonserver.connector.command.CommandSerializer;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.common.lock.DeadlockException;
import org.axonframework.messaging.MessageHandler;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

/** An answer is written as Axon's connector writes it for the server, and read as it reads it. */
class RemoteCommandResponderTest {

    private static final String SECRET = "ada@example.com";

    private final CommandSerializer wire = new CommandSerializer(
            EventSerializers.serializer(), AxonServerConfiguration.builder().build());

    @Test
    void saysWhatWasAppended() throws Exception {
        assertThat(understood(command -> {
                    AppendResult.somewhere("e7", 5).record();
                    return null;
                }))
                .isEqualTo(AppendResult.somewhere("e7", 5));
        assertThat(understood(command -> null)).isEqualTo(AppendResult.NOTHING);
    }

    @Test
    void carriesARefusalWithItsNumbers() {
        var refusal = InvitationRejections.seatsExhausted("starter", 3);

        assertThat(refusalOf(command -> {
                    throw new DomainRejectionException(refusal);
                }))
                .isEqualTo(refusal);
    }

    @Test
    void refusesWhatIsForAnUserThatIsGone() {
        assertThat(refusalOf(command -> {
                    throw new AggregateNotFoundException("a", "gone");
                }))
                .isEqualTo(UserRejections.NO_SUCH_USER);
    }

    @Test
    void tellsALostRaceFromAnOutcomeThatNobodyKnowsAndFromAMistake() {
        assertThat(failingOf(Status.OUT_OF_RANGE
                        .withDescription("[AXONIQ-2000] Invalid sequence number 2 for aggregate t1, expected 3")
                        .asRuntimeException()))
                .isEqualTo(CommandFailure.CONFLICT);
        assertThat(failingOf(new ConcurrencyException("another"))).isEqualTo(CommandFailure.CONFLICT);
        assertThat(failingOf(new DeadlockException("another"))).isEqualTo(CommandFailure.CONFLICT);
        assertThat(failingOf(Status.UNAVAILABLE.asRuntimeException())).isEqualTo(CommandFailure.UNKNOWN_OUTCOME);
        assertThat(failingOf(new DataAccessResourceFailureException("away"))).isEqualTo(CommandFailure.UNKNOWN_OUTCOME);
        assertThat(failingOf(new IllegalStateException("a mistake"))).isEqualTo(CommandFailure.INTERNAL);
    }

    @Test
    void keepsWhatAFailureSaysToItself() {
        CommandResponse response = answer(command -> {
            throw new IllegalStateException("cannot greet " + SECRET, new IllegalArgumentException(SECRET));
        });

        assertThat(response.toString()).doesNotContain(SECRET);
    }

    private CommandFailure failingOf(RuntimeException failure) {
        return CommandFailure.of(catchThrowable(() -> understood(command -> {
            throw failure;
        })));
    }

    private Object refusalOf(MessageHandler<CommandMessage<?>> handler) {
        Throwable thrown = catchThrowable(() -> understood(handler));
        assertThat(thrown).isInstanceOf(DomainRejectionException.class);
        return ((DomainRejectionException) thrown).rejection();
    }

    private AppendResult understood(MessageHandler<CommandMessage<?>> handler) throws Exception {
        return RemoteCommandResponder.understand(wire.deserialize(answer(handler)));
    }

    private CommandResponse answer(MessageHandler<CommandMessage<?>> handler) {
        var remoteCommandResponder =
                new RemoteCommandResponder(SimpleCommandBus.builder().build());
        remoteCommandResponder.registerHandlerInterceptor(new UnitOfWorkInterceptor());
        remoteCommandResponder.subscribe(EndSession.class.getName(), handler);
        var result = new AtomicReference<CommandResultMessage<?>>();
        var command = GenericCommandMessage.asCommandMessage(new EndSession(UUID.randomUUID(), UUID.randomUUID()));
        remoteCommandResponder.dispatch(command, (sent, answer) -> result.set(answer));
        return wire.serialize(result.get(), command.getIdentifier());
    }
}
