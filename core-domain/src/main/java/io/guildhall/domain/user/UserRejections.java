package io.guildhall.domain.user;

import static io.guildhall.domain.shared.Rejection.failedPrecondition;
import static io.guildhall.domain.shared.Rejection.forbidden;
import static io.guildhall.domain.shared.Rejection.invalidArgument;
import static io.guildhall.domain.shared.Rejection.notFound;

import io.guildhall.domain.shared.DisplayText;
import io.guildhall.domain.shared.Rejection;
import org.jspecify.annotations.Nullable;

/** Rejections of commands about users and of sign-ins. */
public final class UserRejections {

    public static final Rejection EMAIL_MALFORMED = invalidArgument(
            "email-malformed",
            "email",
            "email must be an e-mail address of at most 254 characters, such as ada@example.com.");

    public static final Rejection EMAIL_TAKEN = invalidArgument(
            "email-taken",
            "email",
            "There is a user with this e-mail address already. Sign in, or reset its password.");

    public static final Rejection PERSON_NAME_MALFORMED = invalidArgument(
            "person-name-malformed",
            "name",
            "name must have 1 to 128 characters, at least one of them visible, and " + DisplayText.RULE + ".");

    public static final Rejection EMAIL_NOT_VALIDATED = failedPrecondition(
            "email-not-validated",
            "Validate your e-mail address first: follow the link in the mail that was sent to it, or ask for another mail.");

    public static final Rejection LINK_NO_LONGER_VALID = failedPrecondition(
                    "link-no-longer-valid",
                    "This link has expired, was used already, or was replaced by a newer one. Ask for a new mail.")
            .on("id");

    public static final Rejection MEMBERSHIP_LIMIT_OUT_OF_RANGE = invalidArgument(
            "membership-limit-out-of-range",
            "limit",
            "limit must be between 5 and 1000000: an operator can raise a user's limit, not lower it.");

    public static final Rejection PASSWORD_CHANGED_CONCURRENTLY =
            forbidden("password-changed-concurrently", "The password was changed while you signed in. Sign in again.");

    /** The user is not a member of the requested organization. */
    public static final Rejection NO_SUCH_ORGANIZATION =
            notFound("no-such-organization", "There is no such organization.");

    public static final Rejection STILL_A_MEMBER = failedPrecondition(
            "still-a-member", "You still belong to an organization. Leave or delete all of your organizations first.");

    public static final Rejection NO_SUCH_USER = notFound("no-such-user", "There is no such account.");

    private UserRejections() {}

    /**
     * The user has reached the limit of memberships (R6).
     *
     * @param contact the operator's contact, or null
     */
    public static Rejection membershipLimitReached(int limit, @Nullable String contact) {
        return failedPrecondition(
                "membership-limit-reached",
                "You are a member of %d organizations, and %d is your limit. Leave one first, or ask the operator%s to raise the limit."
                        .formatted(limit, limit, contact == null ? "" : " (" + contact + ")"));
    }

    public static Rejection tooManySessions(int max) {
        return failedPrecondition(
                "too-many-sessions",
                "A user can have at most %d sessions. Sign out of one first, or reset the password, which ends all of them."
                        .formatted(max));
    }

    public static Rejection tooManyFormerAddresses(int max) {
        return failedPrecondition(
                        "too-many-former-addresses",
                        "A user can have had at most %d other e-mail addresses. Use one of those again.".formatted(max))
                .on("email");
    }
}
