package io.guildhall.domain.organization;

import static io.guildhall.domain.shared.Refusal.Kind.ABSENT;
import static io.guildhall.domain.shared.Refusal.Kind.FAILED_PRECONDITION;
import static io.guildhall.domain.shared.Refusal.Kind.FORBIDDEN;
import static io.guildhall.domain.shared.Refusal.Kind.MALFORMED;
import static io.guildhall.domain.shared.Refusal.Kind.UNAUTHENTICATED;

import io.guildhall.domain.shared.DisplayText;
import io.guildhall.domain.shared.Quantity;
import io.guildhall.domain.shared.Refusal;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Why an organization as a whole says no. */
public sealed interface OrganizationRefusal extends Refusal {

    @Override
    default Kind kind() {
        return FAILED_PRECONDITION;
    }

    record NoSuchOrganization() implements OrganizationRefusal {
        @Override
        public Kind kind() {
            return ABSENT;
        }

        @Override
        public String explanation() {
            return "There is no such organization.";
        }
    }

    /** A name has 1 to 39 characters of {@code a-z 0-9 -} (R4). */
    record NameMalformed() implements OrganizationRefusal {
        @Override
        public Kind kind() {
            return MALFORMED;
        }

        @Override
        public String field() {
            return "name";
        }

        @Override
        public String explanation() {
            return "name must have 1 to 39 of a-z, 0-9 and -, begin and end with a letter or digit, and not contain --.";
        }
    }

    /** Names of organizations are unique (R4). */
    record NameTaken() implements OrganizationRefusal {
        @Override
        public Kind kind() {
            return MALFORMED;
        }

        @Override
        public String field() {
            return "name";
        }

        @Override
        public String explanation() {
            return "This name is taken by another organization. Choose another one.";
        }
    }

    /** The plans are configuration (R8). */
    record NoSuchPlan(Collection<String> plans) implements OrganizationRefusal {
        @Override
        public Kind kind() {
            return MALFORMED;
        }

        @Override
        public String field() {
            return "plan";
        }

        @Override
        public String explanation() {
            return "plan must be one of " + String.join(", ", plans) + ".";
        }
    }

    /**
     * R8.
     *
     * @param missing the names of the fields that are empty
     */
    record BillingInformationMissing(String plan, Collection<String> missing) implements OrganizationRefusal {
        @Override
        public String field() {
            return "plan";
        }

        @Override
        public String explanation() {
            return "The plan %s has a price: give billing information first. Missing: %s."
                    .formatted(plan, String.join(", ", missing));
        }
    }

    /** Complete billing information cannot become incomplete under a plan with a price (R8). */
    record BillingInformationNeeded(String plan) implements OrganizationRefusal {
        @Override
        public String field() {
            return BillingFields.REQUIRED.getFirst();
        }

        @Override
        public String explanation() {
            return "The plan %s has a price: %s cannot be empty while it lasts."
                    .formatted(plan, String.join(", ", BillingFields.REQUIRED));
        }
    }

    /** A billing field that is too long or unknown. */
    record BillingFieldMalformed(String name) implements OrganizationRefusal {
        @Override
        public Kind kind() {
            return MALFORMED;
        }

        @Override
        public String field() {
            return name;
        }

        @Override
        public String explanation() {
            return "%s must have at most 256 characters, something visible unless it is empty, and %s."
                    .formatted(name, DisplayText.RULE);
        }
    }

    record BillingEmailMalformed() implements OrganizationRefusal {
        @Override
        public Kind kind() {
            return MALFORMED;
        }

        @Override
        public String field() {
            return "billing_email";
        }

        @Override
        public String explanation() {
            return "billing_email must be an e-mail address of at most 254 characters, such as billing@example.com.";
        }
    }

    /** A plan with fewer seats than are in use is refused (R10). */
    record SeatsInUse(String plan, int seats, int members, int invitations) implements OrganizationRefusal {
        @Override
        public String field() {
            return "plan";
        }

        @Override
        public String explanation() {
            return "The plan %s has %s, and %d are in use: %d by members, %d by pending invitations. Free %d of them first."
                    .formatted(
                            plan,
                            Quantity.of(seats, "seat"),
                            members + invitations,
                            members,
                            invitations,
                            members + invitations - seats);
        }
    }

    /** What any plan can show at most, in days: a hundred years. */
    long MOST_DAYS = 36_500;

    record ActivityRetentionTooShort() implements OrganizationRefusal {
        @Override
        public Kind kind() {
            return MALFORMED;
        }

        @Override
        public String field() {
            return "days";
        }

        @Override
        public String explanation() {
            return "days must be 1 or more, or null for as long as the plan says.";
        }
    }

    record ActivityRetentionBeyondPlan(String plan, long days) implements OrganizationRefusal {
        @Override
        public String field() {
            return "days";
        }

        @Override
        public String explanation() {
            return "The plan %s shows activities for %s at most. Choose no more, or another plan."
                    .formatted(plan, Quantity.of(days, "day"));
        }
    }

    /** The answer to calls while the organization is deactivated (R21). Existing clients look for this text on a 401. */
    record TokenRejected() implements OrganizationRefusal {
        @Override
        public Kind kind() {
            return UNAUTHENTICATED;
        }

        @Override
        public String explanation() {
            return "Token rejected";
        }
    }

    /** An operator has locked the organization. Existing clients match on the explanation; the reason is in the detail. */
    record Locked(@Nullable String reason) implements OrganizationRefusal {

        public Locked() {
            this(null);
        }

        @Override
        public String detail() {
            return reason == null
                    ? explanation()
                    : "An operator has locked this organization. The reason given is: " + reason;
        }

        @Override
        public Kind kind() {
            return FORBIDDEN;
        }

        @Override
        public String explanation() {
            return "Account is locked";
        }
    }

    /** Only a deactivated organization can be deleted (R22). */
    record NotDeactivated() implements OrganizationRefusal {
        @Override
        public String explanation() {
            return "Only a deactivated organization can be deleted. Deactivate it first.";
        }
    }

    record NotActive() implements OrganizationRefusal {
        @Override
        public String explanation() {
            return "The organization is not active.";
        }
    }

    record DeactivationLinkNoLongerValid() implements OrganizationRefusal {
        @Override
        public String field() {
            return "id";
        }

        @Override
        public String explanation() {
            return "This link has expired, was canceled or replaced, or was mailed to somebody who is no longer a member. Ask for the deactivation again.";
        }
    }
}
