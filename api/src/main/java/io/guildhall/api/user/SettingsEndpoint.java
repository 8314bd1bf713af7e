package io.guildhall.api.user;

import io.guildhall.api.web.Acts;
import io.guildhall.api.web.Caller;
import io.guildhall.api.web.Permitted;
import io.guildhall.api.web.Queries;
import io.guildhall.api.web.Who;
import io.guildhall.domain.user.UserCommand.SetDeploymentNotifications;
import io.guildhall.query.user.FindSettings;
import io.guildhall.query.user.SettingsView;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** What a person wants to be told of. */
@RestController
class SettingsEndpoint {

    private final Queries queries;
    private final Acts acts;

    SettingsEndpoint(Queries queries, Acts acts) {
        this.queries = queries;
        this.acts = acts;
    }

    record Settings(SettingsView settings) {}

    record Wishes(@Nullable Boolean failedDeploymentEmailNotification) {}

    @GetMapping("/v1/account/settings")
    @Permitted(Who.USER)
    Settings show(Caller caller) {
        return new Settings(queries.require(new FindSettings(caller.user()), SettingsView.class, "user"));
    }

    @PatchMapping("/v1/account/settings")
    @Permitted(Who.INTERACTIVE)
    Settings change(@RequestBody Wishes wishes, Caller caller) {
        if (wishes.failedDeploymentEmailNotification() != null) {
            acts.perform(
                    new SetDeploymentNotifications(caller.user(), wishes.failedDeploymentEmailNotification()), caller);
        }
        return show(caller);
    }
}
