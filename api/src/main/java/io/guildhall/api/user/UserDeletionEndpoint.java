package io.guildhall.api.user;

import io.guildhall.api.invitation.UnansweredInvitations;
import io.guildhall.api.query.QueryDispatcher;
import io.guildhall.api.security.Caller;
import io.guildhall.api.security.PathResource;
import io.guildhall.api.security.Permission;
import io.guildhall.api.security.RequiresPermission;
import io.guildhall.api.session.Reauthentication;
import io.guildhall.api.web.CommandExecutor;
import io.guildhall.domain.user.UserCommand.EraseUser;
import io.guildhall.query.user.FindUser;
import io.guildhall.query.user.UserView;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** R20: a person's own way out; only from no organization. Every other user does not exist here. */
@RestController
class UserDeletionEndpoint implements PathResource {

    private final QueryDispatcher queries;
    private final Reauthentication reauthentication;
    private final CommandExecutor commandExecutor;
    private final UnansweredInvitations invitations;

    UserDeletionEndpoint(
            QueryDispatcher queries,
            Reauthentication reauthentication,
            CommandExecutor commandExecutor,
            UnansweredInvitations invitations) {
        this.invitations = invitations;
        this.queries = queries;
        this.reauthentication = reauthentication;
        this.commandExecutor = commandExecutor;
    }

    record Erased(UserView user) {}

    record Confirmation(@Nullable String currentPassword) {}

    @DeleteMapping({"/v1/users/{id}", "/v2/users/{id}"})
    @RequiresPermission(value = Permission.USER_MANAGE, resource = UserDeletionEndpoint.class)
    Erased erase(
            @PathVariable UUID id,
            @RequestBody(required = false) @Nullable Confirmation confirmation,
            Caller caller,
            HttpServletRequest request) {
        reauthentication.requireRecent(caller, confirmation == null ? null : confirmation.currentPassword(), request);
        UserView last = queries.require(new FindUser(id), UserView.class, "user");
        commandExecutor.perform(new EraseUser(id, List.of(), invitations.to(id)), caller);
        return new Erased(last);
    }

    @Override
    public void require(UUID user, Caller caller) {
        caller.requireSelf(user);
    }
}
