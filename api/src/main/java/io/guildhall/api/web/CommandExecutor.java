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

/** Carries out what a request asks for, and tells the caller the position that it reached. */
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

    /** For what a person does who is not signed in, and yet is known. */
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
