package io.guildhall.api.user;

import io.guildhall.api.query.QueryDispatcher;
import io.guildhall.api.ratelimit.ActionRateLimiter;
import io.guildhall.api.ratelimit.MailLimits;
import io.guildhall.api.ratelimit.RateLimitedAction;
import io.guildhall.api.security.Caller;
import io.guildhall.api.security.Permission;
import io.guildhall.api.security.RequiresPermission;
import io.guildhall.api.session.PasswordHasher;
import io.guildhall.api.session.Reauthentication;
import io.guildhall.api.web.CommandExecutor;
import io.guildhall.api.web.UpdateMask;
import io.guildhall.domain.shared.PersonalDataCipher;
import io.guildhall.domain.user.EmailAddress;
import io.guildhall.domain.user.UserCommand.UpdateProfile;
import io.guildhall.infrastructure.idempotency.IdempotentExecution;
import io.guildhall.query.user.FindUser;
import io.guildhall.query.user.UserView;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/** A person's own user. An organization's token has none, which is how clients tell the two kinds apart. */
@RestController
class ProfileEndpoint {

    private final QueryDispatcher queries;
    private final PasswordHasher passwordHasher;
    private final Reauthentication reauthentication;
    private final ActionRateLimiter limiter;
    private final PersonalDataCipher personalData;
    private final CommandExecutor commandExecutor;

    ProfileEndpoint(
            QueryDispatcher queries,
            PasswordHasher passwordHasher,
            Reauthentication reauthentication,
            ActionRateLimiter limiter,
            PersonalDataCipher personalData,
            CommandExecutor commandExecutor) {
        this.queries = queries;
        this.passwordHasher = passwordHasher;
        this.reauthentication = reauthentication;
        this.limiter = limiter;
        this.personalData = personalData;
        this.commandExecutor = commandExecutor;
    }

    record Profile(UserView user) {}

    record Changes(
            @Nullable String name,
            @Nullable String email,
            @Nullable String password,
            @Nullable String currentPassword,
            @Nullable Boolean newsletterSubscribed) {}

    @GetMapping("/v1/account/profile")
    @RequiresPermission(Permission.USER_READ)
    Profile show(Caller caller) {
        return new Profile(queries.require(new FindUser(caller.user()), UserView.class, "user"));
    }

    @RequestMapping(
            path = {"/v1/account/profile", "/v2/account/profile"},
            method = {RequestMethod.PUT, RequestMethod.PATCH})
    @RequiresPermission(Permission.USER_MANAGE)
    Profile change(
            @RequestBody @UpdateMask(ignored = {"id", "current_password"}) Changes body,
            Caller caller,
            HttpServletRequest request) {
        UserView was = queries.require(new FindUser(caller.user()), UserView.class, "user");
        String email = body.email();
        boolean moves = email != null && !EmailAddress.of(email).value().equals(was.email());
        String password = body.password();
        boolean recent = moves && reauthentication.isRecent(caller, body.currentPassword(), request);
        if (password != null && !recent) {
            reauthentication.requireRecent(caller, body.currentPassword(), request);
        }
        Runnable change = () -> commandExecutor.perform(
                new UpdateProfile(
                        caller.user(),
                        body.name(),
                        moves ? email : null,
                        IdempotentExecution.newLinkId("email-change-link"),
                        recent,
                        body.newsletterSubscribed(),
                        IdempotentExecution.newId("password-id"),
                        password == null
                                ? null
                                : passwordHasher.encodeNew("password", password, was.name(), was.email()),
                        caller.hasSession() ? caller.id() : null),
                caller);
        limiter.counted(email != null && moves ? mails(caller.user(), email) : List.of(), change);
        return show(caller);
    }

    private List<RateLimitedAction.Use> mails(UUID user, String email) {
        return MailLimits.validation(
                user, personalData.emailHash(EmailAddress.of(email).value()));
    }
}
