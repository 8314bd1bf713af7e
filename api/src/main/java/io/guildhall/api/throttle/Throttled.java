package io.guildhall.api.throttle;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** What is limited. */
public enum Throttled {
    SIGN_IN_PER_ADDRESS("Too many sign-ins from your network", ThrottleProperties::signInPerAddress),
    SIGN_IN_FAILURES_PER_ADDRESS("Too many wrong passwords", ThrottleProperties::signInFailuresPerAddress),
    SIGN_IN_FAILURES_PER_USER_AND_ADDRESS(
            "Too many wrong passwords", ThrottleProperties::signInFailuresPerUserAndAddress),
    SIGN_IN_FAILURES_PER_USER("Too many wrong passwords", ThrottleProperties::signInFailuresPerUser),
    SIGN_UP_PER_ADDRESS("Too many new users from your network", ThrottleProperties::signUpPerAddress),
    PASSWORD_RESET_PER_ADDRESS(
            "Too many password resets from your network", ThrottleProperties::passwordResetPerAddress),
    PASSWORD_RESET_PER_USER(
            "Too many password resets for this e-mail address", ThrottleProperties::passwordResetPerUser),
    VALIDATION_PER_USER("Too many mails to validate your e-mail address", ThrottleProperties::validationPerUser),
    INVITATION_RESEND("This invitation was sent a moment ago", ThrottleProperties::invitationResend),
    INVITATIONS_PER_ORGANIZATION(
            "Your organization has sent too many invitations", ThrottleProperties::invitationsPerOrganization),
    INVITATIONS_PER_ORGANIZATION_AND_RECIPIENT(
            "Your organization has sent too many invitations to this e-mail address",
            ThrottleProperties::invitationsPerOrganizationAndRecipient),
    DEACTIVATIONS_PER_ORGANIZATION(
            "The deactivation of this organization was requested too often",
            ThrottleProperties::deactivationsPerOrganization),
    WEBHOOK_NOTICES_PER_ORGANIZATION(
            "Too many mails about webhooks of this organization", ThrottleProperties::webhookNoticesPerOrganization),
    MAILS_PER_RECIPIENT("Too many mails of this kind to this e-mail address", ThrottleProperties::mailsPerRecipient);

    private final String tooMany;
    private final Function<ThrottleProperties, List<Limit>> limits;

    Throttled(String tooMany, Function<ThrottleProperties, List<Limit>> limits) {
        this.tooMany = tooMany;
        this.limits = limits;
    }

    /** The beginning of the message to whoever is over the limit. */
    String tooMany() {
        return tooMany;
    }

    List<Limit> limits(ThrottleProperties properties) {
        return limits.apply(properties);
    }

    /** One use of this limit, by or for somebody or something. */
    public Use by(Object... whom) {
        return new Use(
                this, String.join(" ", Arrays.stream(whom).map(String::valueOf).toList()));
    }

    /** @param whom what the limit is counted for; only a keyed hash of it is stored */
    public record Use(Throttled limit, String whom) {}
}
