package io.guildhall.api.throttle;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** What is limited. */
public enum Throttled {
    SIGN_IN_PER_ADDRESS(ThrottleProperties::signInPerAddress),
    SIGN_IN_FAILURES_PER_ADDRESS(ThrottleProperties::signInFailuresPerAddress),
    SIGN_IN_FAILURES_PER_ACCOUNT_AND_ADDRESS(ThrottleProperties::signInFailuresPerAccountAndAddress),
    SIGN_IN_FAILURES_PER_ACCOUNT(ThrottleProperties::signInFailuresPerAccount),
    SIGN_UP_PER_ADDRESS(ThrottleProperties::signUpPerAddress),
    PASSWORD_RESET_PER_ADDRESS(ThrottleProperties::passwordResetPerAddress),
    PASSWORD_RESET_PER_ACCOUNT(ThrottleProperties::passwordResetPerAccount),
    VALIDATION_PER_ACCOUNT(ThrottleProperties::validationPerAccount),
    INVITATION_RESEND(ThrottleProperties::invitationResend),
    INVITATIONS_PER_ORGANIZATION(ThrottleProperties::invitationsPerOrganization),
    INVITATIONS_PER_ORGANIZATION_AND_RECIPIENT(ThrottleProperties::invitationsPerOrganizationAndRecipient),
    DEACTIVATIONS_PER_ORGANIZATION(ThrottleProperties::deactivationsPerOrganization),
    MAILS_PER_RECIPIENT(ThrottleProperties::mailsPerRecipient);

    private final Function<ThrottleProperties, List<Limit>> limits;

    Throttled(Function<ThrottleProperties, List<Limit>> limits) {
        this.limits = limits;
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
