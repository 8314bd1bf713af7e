package io.guildhall.api.user;

import io.guildhall.api.error.RequestRejectionException;
import io.guildhall.api.idempotency.IdempotentExecution;
import io.guildhall.api.query.QueryDispatcher;
import io.guildhall.api.ratelimit.ActionRateLimiter;
import io.guildhall.api.ratelimit.MailLimits;
import io.guildhall.api.ratelimit.NetworkAddresses;
import io.guildhall.api.ratelimit.RateLimitedAction;
import io.guildhall.api.secret.Links;
import io.guildhall.api.security.Permission;
import io.guildhall.api.security.RequiresPermission;
import io.guildhall.api.session.Passwords;
import io.guildhall.api.session.Sessions;
import io.guildhall.api.session.SignedIn;
import io.guildhall.api.web.Acts;
import io.guildhall.domain.shared.PersonalDataCipher;
import io.guildhall.domain.user.EmailAddress;
import io.guildhall.domain.user.PersonName;
import io.guildhall.domain.user.UserCommand.SignUp;
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
    private final Passwords passwords;
    private final PersonalDataCipher personalData;
    private final Links links;
    private final QueryDispatcher queries;
    private final Acts acts;
    private final Sessions sessions;

    SignupEndpoint(
            ActionRateLimiter limiter,
            Passwords passwords,
            PersonalDataCipher personalData,
            Links links,
            QueryDispatcher queries,
            Acts acts,
            Sessions sessions) {
        this.limiter = limiter;
        this.passwords = passwords;
        this.personalData = personalData;
        this.links = links;
        this.queries = queries;
        this.acts = acts;
        this.sessions = sessions;
    }

    /**
     * Who wants a user.
     *
     * @param name the contract lets clients leave it out: the address's local part then
     * @param invitationLink ours: the id of the invitation's link that was followed, which proves the address that it went to
     */
    record Newcomer(
            @NotNull String email,
            @Nullable String password,
            @Nullable String name,
            @Nullable String invitationLink) {}

    @PostMapping("/v1/account/signup")
    @RequiresPermission(Permission.PUBLIC)
    SignedIn signUp(@Valid @RequestBody Newcomer newcomer, HttpServletRequest request) {
        limiter.count(RateLimitedAction.SIGN_UP_PER_ADDRESS, NetworkAddresses.limited(request));
        EmailAddress email = EmailAddress.of(newcomer.email());
        PersonName name = PersonName.of(newcomer.name() == null ? email.localPart() : newcomer.name());
        String encoded = passwords.encodeNew("password", newcomer.password(), name.value(), email.value());
        UUID user = IdempotentExecution.newId("user-id");
        Sessions.Prepared prepared = sessions.prepare(request);
        boolean proven = isProven(email, newcomer.invitationLink());
        Runnable signUp = () -> acts.perform(
                new SignUp(
                        user,
                        email.value(),
                        name.value(),
                        IdempotentExecution.newId("password-id"),
                        encoded,
                        IdempotentExecution.newLinkId("validation-link"),
                        proven,
                        prepared.session()),
                Acts.of(user));
        // Of a proven address nothing is mailed.
        limiter.counted(
                proven
                        ? List.of()
                        : List.of(RateLimitedAction.MAILS_PER_RECIPIENT.by(
                                MailLimits.VALIDATION, personalData.emailHash(email.value()))),
                signUp);
        return sessions.signedIn(prepared, user, request);
    }

    private boolean isProven(EmailAddress email, @Nullable String invitationLink) {
        if (invitationLink != null && !Links.looksLikeOne(invitationLink)) {
            throw RequestRejectionException.invalidArgument(
                    "invitation_link", "invitation_link must be the id at the end of a mailed invitation's link.");
        }
        UUID link = invitationLink == null ? null : links.open(Links.INVITATION, invitationLink);
        if (link == null) {
            return false;
        }
        InvitationLinkView sentTo = queries.find(new FindInvitationByLink(link), InvitationLinkView.class);
        return sentTo != null && sentTo.isPending() && sentTo.emailHash().equals(personalData.emailHash(email.value()));
    }
}
