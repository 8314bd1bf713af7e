package io.guildhall.domain.invitation;

import static io.guildhall.domain.shared.Refusal.Kind.ABSENT;
import static io.guildhall.domain.shared.Refusal.Kind.FAILED_PRECONDITION;

import io.guildhall.domain.shared.Quantity;
import io.guildhall.domain.shared.Refusal;

/** Why an invitation is not made, resent, accepted or declined. */
public sealed interface InvitationRefusal extends Refusal {

    @Override
    default Kind kind() {
        return FAILED_PRECONDITION;
    }

    record NoSuchInvitation() implements InvitationRefusal {
        @Override
        public Kind kind() {
            return ABSENT;
        }

        @Override
        public String explanation() {
            return "There is no such invitation.";
        }
    }

    /** An organization has at most one pending invitation for an address (R11). */
    record AlreadyInvited() implements InvitationRefusal {
        @Override
        public String field() {
            return "email";
        }

        @Override
        public String explanation() {
            return "This address has a pending invitation to the organization already. Resend or revoke that one.";
        }
    }

    /** A member cannot be invited (R11). */
    record AlreadyAMember() implements InvitationRefusal {
        @Override
        public String field() {
            return "email";
        }

        @Override
        public String explanation() {
            return "This person is a member of the organization already.";
        }
    }

    /** Members plus pending invitations never exceed the plan's seats (R9). */
    record SeatsExhausted(String plan, int seats) implements InvitationRefusal {
        @Override
        public String field() {
            return "email";
        }

        @Override
        public String explanation() {
            return "The plan %s has %s, taken by members and pending invitations. Revoke an invitation, remove a member, or choose a plan with more seats."
                    .formatted(plan, Quantity.of(seats, "seat"));
        }
    }

    /** R13: states that end an invitation cannot be left. */
    record NoLongerPending(String status) implements InvitationRefusal {
        @Override
        public String explanation() {
            return "This invitation was %s already. To change that, a member of the organization sends a new one."
                    .formatted(status);
        }
    }

    /** An accepted invitation has become a membership, which outlives it. */
    record AcceptedAlready() implements InvitationRefusal {
        @Override
        public String explanation() {
            return "This invitation was accepted and can no longer be revoked. To end the membership, remove the member.";
        }
    }

    /** An invitation makes a member once (R13). */
    record MembershipEndedSince() implements InvitationRefusal {
        @Override
        public String explanation() {
            return "You accepted this invitation before, and your membership has ended since. Ask a member of the organization for a new invitation.";
        }
    }

    /** For callers who hold the link's secret. Never names the address. */
    record SentToAnotherAddress() implements InvitationRefusal {
        @Override
        public String explanation() {
            return "This invitation was sent to another address than yours. Sign in with the user of that address, or ask for an invitation to yours.";
        }
    }

    /** The invited person is no member yet: what the organization answers to members would sign the person out. */
    record OrganizationNotJoinable() implements InvitationRefusal {
        @Override
        public String explanation() {
            return "The organization is deactivated or locked, so nobody can join it now. Try again once it is active again, or decline the invitation.";
        }
    }

    /** R11: an expired invitation can be resent, not accepted. */
    record Lapsed() implements InvitationRefusal {
        @Override
        public String explanation() {
            return "The invitation has expired. Ask for it to be sent again.";
        }
    }

    record TooManyInvitations(int most) implements InvitationRefusal {
        @Override
        public String explanation() {
            return "An organization can have at most %d pending invitations. Revoke one first, or wait for an answer."
                    .formatted(most);
        }
    }
}
