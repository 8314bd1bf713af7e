package io.guildhall.api.user;

import io.guildhall.api.error.RequestRejectionException;
import io.guildhall.api.query.QueryDispatcher;
import io.guildhall.api.ratelimit.ActionRateLimiter;
import io.guildhall.api.ratelimit.MailLimits;
import io.guildhall.api.ratelimit.NetworkAddresses;
import io.guildhall.api.ratelimit.RateLimitedAction;
import io.guildhall.api.security.Permission;
import io.guildhall.api.security.RequiresPermission;
import io.guildhall.api.session.PasswordHasher;
import io.guildhall.api.session.SessionResponse;
import io.guildhall.api.session.SessionService;
import io.guildhall.api.web.CommandExecutor;
import io.guildhall.domain.shared.PersonalDataCipher;
import io.guildhall.domain.user.EmailAddress;
import io.guildhall.domain.user.PersonName;
import io.guildhall.domain.user.UserCommand.SignUp;
import io.guildhall.infrastructure.encryption.SignedLinkCodec;
import io.guildhall.infrastructure.idempotency.IdempotentExecution;
import io.guildhall.query.invitation.FindInvitationByLink;
import io.guildhall.query.invitation.InvitationLinkView;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Signs a user up: one user per e-mail address (R1), which is validated by a mailed link (R2). */
@RestController
class SignupEndpoint {

    private final ActionRateLimiter limiter;
    private final PasswordHasher passwordHasher;
    private final PersonalDataCipher personalData;
    private final SignedLinkCodec signedLinkCodec;
    private final QueryDispatcher queries;
    private final CommandExecutor commandExecutor;
    private final SessionService sessionService;

    SignupEndpoint(
            ActionRateLimiter limiter,
            PasswordHasher passwordHasher,
            PersonalDataCipher personalData,
            SignedLinkCodec signedLinkCodec,
            QueryDispatcher queries,
            CommandExecutor commandExecutor,
            SessionService sessionService) {
        this.limiter = limiter;
        this.passwordHasher = passwordHasher;
        this.personalData = personalData;
        this.signedLinkCodec = signedLinkCodec;
        this.queries = queries;
        this.commandExecutor = commandExecutor;
        this.sessionService = sessionService;
    }

    /**
     * The body of a sign-up.
     *
     * @param name the contract lets clients leave it out: the address's local part then
     * @param invitationLink the id of the invitation's link that was followed, which proves the e-mail address; not in the published contract
     */
    record Newcomer(
            @NotNull String email,
            @NotNull String password,
            @Nullable String name,
            @Nullable String invitationLink) {}

    @PostMapping("/v1/account/signup")
    @RequiresPermission(Permission.PUBLIC)
    SessionResponse signUp(@Valid @RequestBody Newcomer newcomer, HttpServletRequest request) {
        limiter.count(RateLimitedAction.SIGN_UP_PER_ADDRESS, NetworkAddresses.limited(request));
        EmailAddress email = EmailAddress.of(newcomer.email());
        PersonName name = PersonName.of(newcomer.name() == null ? email.localPart() : newcomer.name());
        String encoded = passwordHasher.encodeNew("password", newcomer.password(), name.value(), email.value());
        UUID user = IdempotentExecution.newId("user-id");
        SessionService.Prepared prepared = sessionService.prepare(request);
        boolean proven = isProven(email, newcomer.invitationLink());
        Runnable signUp = () -> commandExecutor.perform(
                new SignUp(
                        user,
                        email.value(),
                        name.value(),
                        IdempotentExecution.newId("password-id"),
                        encoded,
                        IdempotentExecution.newLinkId("validation-link"),
                        proven,
                        prepared.session()),
                CommandExecutor.of(user));
        // Of a proven address nothing is mailed.
        limiter.counted(
                proven
                        ? List.of()
                        : List.of(RateLimitedAction.MAILS_PER_RECIPIENT.by(
                                MailLimits.VALIDATION, personalData.emailHash(email.value()))),
                signUp);
        return sessionService.signedIn(prepared, user, request);
    }

    private boolean isProven(EmailAddress email, @Nullable String invitationLink) {
        if (invitationLink != null && !SignedLinkCodec.looksLikeOne(invitationLink)) {
            throw RequestRejectionException.invalidArgument(
                    "invitation_link", "invitation_link must be the id at the end of a mailed invitation's link.");
        }
        UUID link = invitationLink == null ? null : signedLinkCodec.open(SignedLinkCodec.INVITATION, invitationLink);
        if (link == null) {
            return false;
        }
        InvitationLinkView sentTo = queries.find(new FindInvitationByLink(link), InvitationLinkView.class);
        return sentTo != null && sentTo.isPending() && sentTo.emailHash().equals(personalData.emailHash(email.value()));
    }
}
