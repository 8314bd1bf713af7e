package io.guildhall.domain.membership;

import static io.guildhall.domain.shared.Refusal.Kind.ABSENT;
import static io.guildhall.domain.shared.Refusal.Kind.FAILED_PRECONDITION;
import static io.guildhall.domain.shared.Refusal.Kind.FORBIDDEN;

import io.guildhall.domain.shared.Refusal;

/** Why a membership is not ended, or somebody may not act in an organization. */
public sealed interface MembershipRefusal extends Refusal {

    record NoSuchMembership() implements MembershipRefusal {
        @Override
        public Kind kind() {
            return ABSENT;
        }

        @Override
        public String explanation() {
            return "There is no such member.";
        }
    }

    /** The last member can neither leave nor be removed (R16). */
    record LastMember() implements MembershipRefusal {
        @Override
        public Kind kind() {
            return FAILED_PRECONDITION;
        }

        @Override
        public String explanation() {
            return "The last member can neither leave nor be removed. Deactivate and delete the organization and its resources instead.";
        }
    }

    /** R17; existing clients match on the text. */
    record NotAMember() implements MembershipRefusal {
        @Override
        public Kind kind() {
            return FORBIDDEN;
        }

        @Override
        public String explanation() {
            return "User is not a member of the organization";
        }
    }
}
