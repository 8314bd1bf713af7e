package io.guildhall.domain.invitation;

import static io.guildhall.domain.shared.Rejection.failedPrecondition;
import static io.guildhall.domain.shared.Rejection.notFound;

import io.guildhall.domain.shared.Quantity;
import io.guildhall.domain.shared.Rejection;

/** Rejections of commands about invitations. */
public final class InvitationRejections {

    public static final Rejection NO_SUCH_INVITATION = notFound("no-such-invitation", "There is no such invitation.");

    /** One pending invitation per organization and address (R11). */
    public static final Rejection ALREADY_INVITED = failedPrecondition(
                    "already-invited",
                    "This address has a pending invitation to the organization already. Resend or revoke that one.")
            .on("email");

    public static final Rejection ALREADY_A_MEMBER = failedPrecondition(
                    "already-a-member", "This person is a member of the organization already.")
            .on("email");

    /** The membership outlives the accepted invitation. */
    public static final Rejection ALREADY_ACCEPTED = failedPrecondition(
            "invitation-already-accepted",
            "This invitation was accepted and can no longer be revoked. To end the membership, remove the member.");

    /** An invitation can be accepted once (R13: accepting creates the membership once). */
    public static final Rejection MEMBERSHIP_ENDED = failedPrecondition(
            "membership-ended",
            "You accepted this invitation before, and your membership has ended since. Ask a member of the organization for a new invitation.");

    /** For callers with the mailed link. Never contains the address. */
    public static final Rejection SENT_TO_ANOTHER_ADDRESS = failedPrecondition(
            "sent-to-another-address",
            "This invitation was sent to another address than yours. Sign in with the user of that address, or ask for an invitation to yours.");

    /** Differs from the rejection that members receive, on which clients sign out. */
    public static final Rejection ORGANIZATION_NOT_JOINABLE = failedPrecondition(
            "organization-not-joinable",
            "The organization is deactivated or locked, so nobody can join it now. Try again once it is active again, or decline the invitation.");

    /** An expired invitation can be resent, not accepted (R11). */
    public static final Rejection EXPIRED =
            failedPrecondition("invitation-expired", "The invitation has expired. Ask for it to be sent again.");

    private InvitationRejections() {}

    /** Members plus pending invitations never exceed the plan's seats (R9). */
    public static Rejection seatsExhausted(String plan, int seats) {
        return failedPrecondition(
                        "seats-exhausted",
                        "The plan %s has %s, taken by members and pending invitations. Revoke an invitation, remove a member, or choose a plan with more seats."
                                .formatted(plan, Quantity.of(seats, "seat")))
                .on("email")
                .withTag("plan", plan);
    }

    /** An answered invitation cannot be answered differently. */
    public static Rejection noLongerPending(String status) {
        return failedPrecondition(
                "invitation-no-longer-pending",
                "This invitation was %s already. To change that, a member of the organization sends a new one."
                        .formatted(status));
    }

    public static Rejection tooManyInvitations(int max) {
        return failedPrecondition(
                "too-many-invitations",
                "An organization can have at most %d pending invitations. Revoke one first, or wait for an answer."
                        .formatted(max));
    }
}
