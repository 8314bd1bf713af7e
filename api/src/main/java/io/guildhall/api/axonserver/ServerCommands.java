package io.guildhall.api.axonserver;

import java.util.concurrent.CompletableFuture;
import javax.annotation.Nonnull;
import org.axonframework.axonserver.connector.command.AxonServerCommandBus;
import org.axonframework.commandhandling.CommandCallback;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandResultMessage;

/**
 * Lets the Axon Server choose who carries a command out. While it is away nothing is handed to it, and so nothing happens; what was handed to it
 * before is not waited for.
 */
public final class ServerCommands extends AxonServerCommandBus {

    private final ServerReach reach;

    public ServerCommands(Builder builder, ServerReach reach) {
        super(builder);
        this.reach = reach;
    }

    @Override
    public <C, R> void dispatch(
            @Nonnull CommandMessage<C> command, @Nonnull CommandCallback<? super C, ? super R> callback) {
        CompletableFuture<CommandResultMessage<? extends R>> answer = reach.await(new CompletableFuture<>());
        answer.whenComplete((result, away) ->
                callback.onResult(command, away == null ? result : new GenericCommandResultMessage<R>(away)));
        if (!answer.isDone()) {
            CommandCallback<C, R> told = (sent, result) -> answer.complete(result);
            super.dispatch(command, told);
        }
    }
}
