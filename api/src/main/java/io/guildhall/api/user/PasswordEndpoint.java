package io.guildhall.api.user;

import io.guildhall.api.query.QueryDispatcher;
import io.guildhall.api.ratelimit.ActionRateLimiter;
import io.guildhall.api.ratelimit.MailLimits;
import io.guildhall.api.ratelimit.NetworkAddresses;
import io.guildhall.api.ratelimit.RateLimitedAction;
import io.guildhall.api.request.RequestId;
import io.guildhall.api.security.Permission;
import io.guildhall.api.security.RequiresPermission;
import io.guildhall.api.session.PasswordHasher;
import io.guildhall.api.session.SessionResponse;
import io.guildhall.api.session.SessionService;
import io.guildhall.api.session.SignInRateLimiter;
import io.guildhall.api.web.CommandExecutor;
import io.guildhall.api.web.EmptyResponse;
import io.guildhall.domain.shared.ActorContext;
import io.guildhall.domain.shared.PersonalDataCipher;
import io.guildhall.domain.user.EmailAddress;
import io.guildhall.domain.user.UserCommand.RequestPasswordReset;
import io.guildhall.domain.user.UserCommand.ResetPassword;
import io.guildhall.infrastructure.command.CommandDispatcher;
import io.guildhall.infrastructure.encryption.SignedLinkCodec;
import io.guildhall.infrastructure.idempotency.IdempotentExecution;
import io.guildhall.infrastructure.observability.FailureLog;
import io.guildhall.query.user.FindSignIn;
import io.guildhall.query.user.FindUser;
import io.guildhall.query.user.SignInView;
import io.guildhall.query.user.UserView;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** R3: a forgotten password. */
@RestController
class PasswordEndpoint {

    private static final Logger LOG = LoggerFactory.getLogger(PasswordEndpoint.class);

    /** Usually long enough for the reset to have begun when the response is sent. */
    private static final Duration ANSWER_TIME = Duration.ofMillis(100);

    private final ActionRateLimiter limiter;
    private final SignInRateLimiter signIns;
    private final PersonalDataCipher personalData;
    private final QueryDispatcher queries;
    private final CommandDispatcher commandDispatcher;
    private final MailedLinks signedLinkCodec;
    private final PasswordHasher passwordHasher;
    private final CommandExecutor commandExecutor;
    private final SessionService sessionService;

    PasswordEndpoint(
            ActionRateLimiter limiter,
            SignInRateLimiter signIns,
            PersonalDataCipher personalData,
            QueryDispatcher queries,
            CommandDispatcher commandDispatcher,
            MailedLinks signedLinkCodec,
            PasswordHasher passwordHasher,
            CommandExecutor commandExecutor,
            SessionService sessionService) {
        this.limiter = limiter;
        this.signIns = signIns;
        this.personalData = personalData;
        this.queries = queries;
        this.commandDispatcher = commandDispatcher;
        this.signedLinkCodec = signedLinkCodec;
        this.passwordHasher = passwordHasher;
        this.commandExecutor = commandExecutor;
        this.sessionService = sessionService;
    }

    record Forgotten(@NotNull String email) {}

    record Replacement(@NotNull String id, @NotNull String password) {}

    /** The same answer for everybody, after the same time: what is done for those who have a user is not waited for. */
    @PostMapping("/v1/account/reset_password")
    @RequiresPermission(Permission.PUBLIC)
    EmptyResponse reset(@Valid @RequestBody Forgotten forgotten, HttpServletRequest request)
            throws InterruptedException {
        EmailAddress email = EmailAddress.of(forgotten.email());
        String hash = personalData.emailHash(email.value());
        String network = NetworkAddresses.limited(request);
        limiter.count(RateLimitedAction.PASSWORD_RESET_PER_ADDRESS, network);
        SignInView known = queries.find(new FindSignIn(hash), SignInView.class);
        var attempt = signIns.attempt(known == null ? null : known.user(), hash, network);
        limiter.count(RateLimitedAction.PASSWORD_RESET_PER_USER, hash + " " + network);
        if (!attempt.known()) {
            // The user's own networks are not counted here: others could otherwise keep the user from a reset.
            RateLimitedAction.Use mail = RateLimitedAction.MAILS_PER_RECIPIENT.by(MailLimits.PASSWORD_RESET, hash);
            limiter.count(mail.action(), mail.subject());
        }
        String requestId = RequestId.current();
        UUID link = IdempotentExecution.newLinkId("password-reset-link");
        IdempotentExecution execution = IdempotentExecution.current();
        // Neither the reply nor whether it is kept reveals whether the user exists.
        execution.keepReply();
        Thread.ofVirtual().name("password-reset").start(() -> requestReset(known, link, execution, requestId));
        Thread.sleep(ANSWER_TIME);
        return EmptyResponse.INSTANCE;
    }

    private void requestReset(@Nullable SignInView known, UUID link, IdempotentExecution execution, String requestId) {
        try {
            if (known != null) {
                var command = new RequestPasswordReset(known.user(), link);
                commandDispatcher.send(command, ActorContext.byUser(known.user(), null, requestId), execution);
            }
        } catch (Exception e) {
            FailureLog.error(LOG, "The password reset of request %s failed".formatted(requestId), e);
        }
    }

    /** By the link of a reset, or by a validation link that was followed without a session. */
    @PostMapping("/v1/account/update_password")
    @RequiresPermission(Permission.PUBLIC)
    SessionResponse update(@Valid @RequestBody Replacement replacement, HttpServletRequest request) {
        MailedLinks.Opened link =
                signedLinkCodec.open(List.of(SignedLinkCodec.RESET, SignedLinkCodec.VALIDATE), replacement.id());
        String network = NetworkAddresses.limited(request);
        limiter.count(RateLimitedAction.SIGN_IN_PER_ADDRESS, network);
        UserView user = queries.require(new FindUser(link.subject()), UserView.class, "user");
        String encoded = passwordHasher.encodeNew("password", replacement.password(), user.name(), user.email());
        UUID password = IdempotentExecution.newId("password-id");
        SessionService.Prepared prepared = sessionService.prepare(request);
        commandExecutor.perform(
                new ResetPassword(
                        link.subject(),
                        link.id(),
                        password,
                        encoded,
                        prepared.session(),
                        sessionService.defaultOrganization(link.subject())),
                CommandExecutor.of(link.subject()));
        signIns.passwordReset(link.subject(), network);
        return sessionService.signedIn(prepared, link.subject(), request);
    }
}
