package io.guildhall.api.user;

import io.guildhall.api.query.QueryDispatcher;
import io.guildhall.api.ratelimit.ActionRateLimiter;
import io.guildhall.api.ratelimit.MailLimits;
import io.guildhall.api.security.BrowserSessions;
import io.guildhall.api.security.Caller;
import io.guildhall.api.security.Permission;
import io.guildhall.api.security.RequiresPermission;
import io.guildhall.api.session.SessionResponse;
import io.guildhall.api.session.SessionService;
import io.guildhall.api.web.CommandExecutor;
import io.guildhall.api.web.EmptyResponse;
import io.guildhall.domain.shared.PersonalDataCipher;
import io.guildhall.domain.user.UserCommand.RequestEmailValidation;
import io.guildhall.domain.user.UserCommand.ValidateEmail;
import io.guildhall.infrastructure.encryption.SignedLinkCodec;
import io.guildhall.infrastructure.idempotency.IdempotentExecution;
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

    private final MailedLinks signedLinkCodec;
    private final ActionRateLimiter limiter;
    private final QueryDispatcher queries;
    private final PersonalDataCipher personalData;
    private final CommandExecutor commandExecutor;
    private final SessionService sessionService;
    private final BrowserSessions browserSessions;

    ValidationEndpoint(
            MailedLinks signedLinkCodec,
            ActionRateLimiter limiter,
            QueryDispatcher queries,
            PersonalDataCipher personalData,
            CommandExecutor commandExecutor,
            SessionService sessionService,
            BrowserSessions browserSessions) {
        this.signedLinkCodec = signedLinkCodec;
        this.limiter = limiter;
        this.queries = queries;
        this.personalData = personalData;
        this.commandExecutor = commandExecutor;
        this.sessionService = sessionService;
        this.browserSessions = browserSessions;
    }

    /**
     * What came of a validation.
     *
     * @param token a session of the caller's sign-in, the first time; not for browsers, which have the cookie
     * @param userId the user, for browsers that sent the cookie of a session of the user
     */
    record Validated(
            SessionResponse.@Nullable Token token, @Nullable UUID userId) {}

    @PostMapping("/v1/account/resend_validation")
    @RequiresPermission(Permission.USER_MANAGE)
    EmptyResponse resend(Caller caller) {
        UserView user = queries.require(new FindUser(caller.user()), UserView.class, "user");
        limiter.counted(
                MailLimits.validation(caller.user(), personalData.emailHash(user.email())),
                () -> commandExecutor.perform(
                        new RequestEmailValidation(caller.user(), IdempotentExecution.newLinkId("validation-link")),
                        caller));
        return EmptyResponse.INSTANCE;
    }

    /**
     * The link proves who reads the mail, not who signed up. A caller with a session of the user keeps it. Without one, all sessions and
     * the password end, and the link sets another password.
     */
    @PostMapping("/v1/account/validate/{id}")
    @RequiresPermission(Permission.PUBLIC)
    Validated validate(@PathVariable String id, @Nullable Caller caller, HttpServletRequest request) {
        MailedLinks.Opened link = signedLinkCodec.open(SignedLinkCodec.VALIDATE, id);
        if (caller == null || caller.isBound() || !caller.isUser(link.subject())) {
            commandExecutor.perform(
                    new ValidateEmail(link.subject(), link.id(), null, null), CommandExecutor.of(link.subject()));
            return new Validated(null, null);
        }
        if (browserSessions.isOfBrowser(request)) {
            commandExecutor.perform(new ValidateEmail(link.subject(), link.id(), caller.id(), null), caller);
            return new Validated(null, link.subject());
        }
        SessionService.Prepared prepared = sessionService.prepare(request);
        commandExecutor.perform(new ValidateEmail(link.subject(), link.id(), caller.id(), prepared.session()), caller);
        SessionResponse started = sessionService.replyIfStarted(prepared, link.subject());
        return new Validated(started == null ? null : started.token(), null);
    }
}
