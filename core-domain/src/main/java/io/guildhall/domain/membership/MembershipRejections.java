package io.guildhall.domain.membership;

import static io.guildhall.domain.shared.Rejection.failedPrecondition;
import static io.guildhall.domain.shared.Rejection.forbidden;
import static io.guildhall.domain.shared.Rejection.notFound;

import io.guildhall.domain.shared.Rejection;

/** Rejections of commands about memberships, and of actors who are not members. */
public final class MembershipRejections {

    public static final Rejection NO_SUCH_MEMBERSHIP = notFound("no-such-membership", "There is no such member.");

    /** The last member can neither leave nor be removed (R16). */
    public static final Rejection LAST_MEMBER = failedPrecondition(
            "last-member",
            "The last member can neither leave nor be removed. Deactivate and delete the organization and its resources instead.");

    /**
     * The membership has ended, and with it all sessions and tokens for the organization (R17). Clients match the
     * message.
     */
    public static final Rejection NOT_A_MEMBER = forbidden("not-a-member", "User is not a member of the organization");

    private MembershipRejections() {}
}
