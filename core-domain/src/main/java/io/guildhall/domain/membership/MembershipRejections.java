package io.guildhall.domain.membership;

import static io.guildhall.domain.shared.Rejection.failedPrecondition;
import static io.guildhall.domain.shared.Rejection.forbidden;
import static io.guildhall.domain.shared.Rejection.notFound;

import io.guildhall.domain.shared.Rejection;

/** Why a membership is not ended, or a user may not act in an organization. */
public final class MembershipRejections {

    public static final Rejection NO_SUCH_MEMBERSHIP = notFound("no-such-membership", "There is no such member.");

    /** The last member can neither leave nor be removed (R16). */
    public static final Rejection LAST_MEMBER = failedPrecondition(
            "last-member",
            "The last member can neither leave nor be removed. Deactivate and delete the organization and its resources instead.");

    /** A membership has ended, and with it every session and token for the organization (R17). Clients match on the message. */
    public static final Rejection NOT_A_MEMBER = forbidden("not-a-member", "User is not a member of the organization");

    private MembershipRejections() {}
}
