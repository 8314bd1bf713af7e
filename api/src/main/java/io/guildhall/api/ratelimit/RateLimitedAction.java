package io.guildhall.api.ratelimit;

import io.guildhall.infrastructure.ratelimit.RateLimit;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** An action that is limited. */
public enum RateLimitedAction {
    SIGN_IN_PER_ADDRESS("Too many sign-ins from your network", RateLimitProperties::signInPerAddress),
    SIGN_IN_FAILURES_PER_ADDRESS("Too many wrong passwords", RateLimitProperties::signInFailuresPerAddress),
    SIGN_IN_FAILURES_PER_USER_AND_ADDRESS(
            "Too many wrong passwords", RateLimitProperties::signInFailuresPerUserAndAddress),
    SIGN_IN_FAILURES_PER_USER("Too many wrong passwords", RateLimitProperties::signInFailuresPerUser),
    SIGN_UP_PER_ADDRESS("Too many new users from your network", RateLimitProperties::signUpPerAddress),
    PASSWORD_RESET_PER_ADDRESS(
            "Too many password resets from your network", RateLimitProperties::passwordResetPerAddress),
    PASSWORD_RESET_PER_USER(
            "Too many password resets for this e-mail address", RateLimitProperties::passwordResetPerUser),
    VALIDATION_PER_USER("Too many mails to validate your e-mail address", RateLimitProperties::validationPerUser),
    INVITATION_RESEND("This invitation was sent a moment ago", RateLimitProperties::invitationResend),
    INVITATIONS_PER_ORGANIZATION(
            "Your organization has sent too many invitations", RateLimitProperties::invitationsPerOrganization),
    INVITATIONS_PER_ORGANIZATION_AND_RECIPIENT(
            "Your organization has sent too many invitations to this e-mail address",
            RateLimitProperties::invitationsPerOrganizationAndRecipient),
    DEACTIVATIONS_PER_ORGANIZATION(
            "The deactivation of this organization was requested too often",
            RateLimitProperties::deactivationsPerOrganization),
    WEBHOOK_NOTICES_PER_ORGANIZATION(
            "Too many mails about webhooks of this organization", RateLimitProperties::webhookNoticesPerOrganization),
    MAILS_PER_RECIPIENT("Too many mails of this kind to this e-mail address", RateLimitProperties::mailsPerRecipient);

    private final String tooMany;
    private final Function<RateLimitProperties, List<RateLimit>> limits;

    RateLimitedAction(String tooMany, Function<RateLimitProperties, List<RateLimit>> limits) {
        this.tooMany = tooMany;
        this.limits = limits;
    }

    /** The beginning of the message to a caller over the limit. */
    String tooMany() {
        return tooMany;
    }

    List<RateLimit> limits(RateLimitProperties properties) {
        return limits.apply(properties);
    }

    /** One use, counted for a subject such as a network address or a user. */
    public Use by(Object... subject) {
        return new Use(
                this,
                String.join(" ", Arrays.stream(subject).map(String::valueOf).toList()));
    }

    /** @param subject what the use is counted for; only a keyed hash of it is stored */
    public record Use(RateLimitedAction action, String subject) {}
}
