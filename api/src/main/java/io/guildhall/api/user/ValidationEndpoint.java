package io.guildhall.api.user;

import io.guildhall.api.idempotency.IdempotentExecution;
import io.guildhall.api.query.QueryDispatcher;
import io.guildhall.api.ratelimit.ActionRateLimiter;
import io.guildhall.api.ratelimit.MailLimits;
import io.guildhall.api.secret.Links;
import io.guildhall.api.security.BrowserSessions;
import io.guildhall.api.security.Caller;
import io.guildhall.api.security.Permission;
import io.guildhall.api.security.RequiresPermission;
import io.guildhall.api.session.Sessions;
import io.guildhall.api.session.SignedIn;
import io.guildhall.api.web.Acts;
import io.guildhall.api.web.Nothing;
import io.guildhall.domain.shared.PersonalDataCipher;
import io.guildhall.domain.user.UserCommand.RequestEmailValidation;
import io.guildhall.domain.user.UserCommand.ValidateEmail;
import io.guildhall.query.user.FindUser;
import io.guildhall.query.user.UserView;
import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** The link that validates an e-mail address (R2). */
@RestController
class ValidationEndpoint {

    private final MailedLinks links;
    private final ActionRateLimiter limiter;
    private final QueryDispatcher queries;
    private final PersonalDataCipher personalData;
    private final Acts acts;
    private final Sessions sessions;
    private final BrowserSessions browserSessions;

    ValidationEndpoint(
            MailedLinks links,
            ActionRateLimiter limiter,
            QueryDispatcher queries,
            PersonalDataCipher personalData,
            Acts acts,
            Sessions sessions,
            BrowserSessions browserSessions) {
        this.links = links;
        this.limiter = limiter;
        this.queries = queries;
        this.personalData = personalData;
        this.acts = acts;
        this.sessions = sessions;
        this.browserSessions = browserSessions;
    }

    /**
     * What came of a validation.
     *
     * @param token a session of the caller's sign-in, the first time; not for browsers, which have the cookie
     * @param userId the user, for browsers that sent the cookie of a session of the user
     */
    record Validated(
            SignedIn.@Nullable Token token, @Nullable UUID userId) {}

    @PostMapping("/v1/account/resend_validation")
    @RequiresPermission(Permission.USER_MANAGE)
    Nothing resend(Caller caller) {
        UserView user = queries.require(new FindUser(caller.user()), UserView.class, "user");
        limiter.counted(
                MailLimits.validation(caller.user(), personalData.emailHash(user.email())),
                () -> acts.perform(
                        new RequestEmailValidation(caller.user(), IdempotentExecution.newLinkId("validation-link")),
                        caller));
        return Nothing.AT_ALL;
    }

    /**
     * The link proves who reads the mail, not who signed up. A caller with a session of the user keeps it. Without one, all sessions and
     * the password end, and the link sets another password.
     */
    @PostMapping("/v1/account/validate/{id}")
    @RequiresPermission(Permission.PUBLIC)
    Validated validate(@PathVariable String id, @Nullable Caller caller, HttpServletRequest request) {
        MailedLinks.Opened link = links.open(Links.VALIDATE, id);
        if (caller == null || caller.isBound() || !caller.isUser(link.subject())) {
            acts.perform(new ValidateEmail(link.subject(), link.id(), null, null), Acts.of(link.subject()));
            return new Validated(null, null);
        }
        if (browserSessions.isOfBrowser(request)) {
            acts.perform(new ValidateEmail(link.subject(), link.id(), caller.id(), null), caller);
            return new Validated(null, link.subject());
        }
        Sessions.Prepared prepared = sessions.prepare(request);
        acts.perform(new ValidateEmail(link.subject(), link.id(), caller.id(), prepared.session()), caller);
        SignedIn started = sessions.replyIfStarted(prepared, link.subject());
        return new Validated(started == null ? null : started.token(), null);
    }
}
