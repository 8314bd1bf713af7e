package io.guildhall.api.ratelimit;

import java.util.List;
import java.util.UUID;

/**
 * Which limits a mail counts for. Each kind of mail has its own budget per recipient, so that nobody can use up the budget of a notice
 * that the recipient must get, such as that of a changed password, by sending something else.
 */
public final class MailLimits {

    public static final String VALIDATION = "validation";
    public static final String PASSWORD_RESET = "password-reset";
    private static final String INVITATION = "invitation";

    private MailLimits() {}

    /** @param emailHash of the invited e-mail address */
    public static List<RateLimitedAction.Use> invitation(UUID organization, String emailHash) {
        return List.of(
                RateLimitedAction.INVITATIONS_PER_ORGANIZATION_AND_RECIPIENT.by(organization, emailHash),
                RateLimitedAction.MAILS_PER_RECIPIENT.by(INVITATION, emailHash),
                RateLimitedAction.INVITATIONS_PER_ORGANIZATION.by(organization));
    }

    /** @param emailHash of the e-mail address that is to be validated */
    public static List<RateLimitedAction.Use> validation(UUID user, String emailHash) {
        return List.of(
                RateLimitedAction.VALIDATION_PER_USER.by(user),
                RateLimitedAction.MAILS_PER_RECIPIENT.by(VALIDATION, emailHash));
    }
}
