package io.guildhall.api.web;

import io.guildhall.api.request.RequestId;
import io.guildhall.api.security.Caller;
import io.guildhall.domain.shared.ActorContext;
import io.guildhall.infrastructure.command.CommandDispatcher;
import io.guildhall.infrastructure.command.ReadModelProgress;
import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Sends the command of a request, and writes the position that it reached to the response. */
@Component
public class CommandExecutor {

    /** Where a write stands in the global order: a reader who sends it back as {@code Guildhall-At-Least} sees the write. */
    public static final String POSITION = "Guildhall-Position";

    private final CommandDispatcher commandDispatcher;
    private final ReadModelProgress readModelProgress;

    CommandExecutor(CommandDispatcher commandDispatcher, ReadModelProgress readModelProgress) {
        this.commandDispatcher = commandDispatcher;
        this.readModelProgress = readModelProgress;
    }

    public CommandDispatcher.CommandResult perform(Object command, Caller caller) {
        return perform(command, caller.actor());
    }

    public CommandDispatcher.CommandResult perform(Object command, ActorContext actor) {
        CommandDispatcher.CommandResult done = commandDispatcher.send(command, actor);
        tell(done.position() == 0 ? readModelProgress.head() : done.position());
        return done;
    }

    /** The actor of a request without a session whose user is known, for example by a mailed link. */
    public static ActorContext of(UUID user) {
        return ActorContext.byUser(user, null, RequestId.current());
    }

    private static void tell(long position) {
        HttpServletResponse response = response();
        if (response != null) {
            response.setHeader(POSITION, Long.toString(position));
        }
    }

    private static @Nullable HttpServletResponse response() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes request
                ? request.getResponse()
                : null;
    }
}
