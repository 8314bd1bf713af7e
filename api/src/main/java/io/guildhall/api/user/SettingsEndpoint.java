package io.guildhall.api.user;

import io.guildhall.api.query.QueryDispatcher;
import io.guildhall.api.security.Caller;
import io.guildhall.api.security.Permission;
import io.guildhall.api.security.RequiresPermission;
import io.guildhall.api.web.CommandExecutor;
import io.guildhall.domain.user.UserCommand.SetDeploymentNotifications;
import io.guildhall.query.user.FindSettings;
import io.guildhall.query.user.SettingsView;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The notifications that a user wants. */
@RestController
class SettingsEndpoint {

    private final QueryDispatcher queries;
    private final CommandExecutor commandExecutor;

    SettingsEndpoint(QueryDispatcher queries, CommandExecutor commandExecutor) {
        this.queries = queries;
        this.commandExecutor = commandExecutor;
    }

    record Settings(SettingsView settings) {}

    record Wishes(@Nullable Boolean failedDeploymentEmailNotification) {}

    @GetMapping("/v1/account/settings")
    @RequiresPermission(Permission.USER_READ)
    Settings show(Caller caller) {
        return new Settings(queries.require(new FindSettings(caller.user()), SettingsView.class, "user"));
    }

    @PatchMapping("/v1/account/settings")
    @RequiresPermission(Permission.USER_MANAGE)
    Settings change(@RequestBody Wishes wishes, Caller caller) {
        if (wishes.failedDeploymentEmailNotification() != null) {
            commandExecutor.perform(
                    new SetDeploymentNotifications(caller.user(), wishes.failedDeploymentEmailNotification()), caller);
        }
        return show(caller);
    }
}
