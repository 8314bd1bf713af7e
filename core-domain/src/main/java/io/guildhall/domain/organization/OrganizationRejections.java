package io.guildhall.domain.organization;

import static io.guildhall.domain.shared.Rejection.failedPrecondition;
import static io.guildhall.domain.shared.Rejection.forbidden;
import static io.guildhall.domain.shared.Rejection.invalidArgument;
import static io.guildhall.domain.shared.Rejection.notFound;
import static io.guildhall.domain.shared.Rejection.unauthenticated;

import io.guildhall.domain.shared.DisplayText;
import io.guildhall.domain.shared.Quantity;
import io.guildhall.domain.shared.Rejection;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Rejections of commands about an organization as a whole. */
public final class OrganizationRejections {

    public static final Rejection NO_SUCH_ORGANIZATION =
            notFound("no-such-organization", "There is no such organization.");

    public static final Rejection NAME_MALFORMED = invalidArgument(
            "organization-name-malformed",
            "name",
            "name must have 1 to 39 of a-z, 0-9 and -, begin and end with a letter or digit, and not contain --.");

    public static final Rejection NAME_TAKEN = invalidArgument(
            "organization-name-taken", "name", "This name is taken by another organization. Choose another one.");

    public static final Rejection BILLING_EMAIL_MALFORMED = invalidArgument(
            "billing-email-malformed",
            "billing_email",
            "billing_email must be an e-mail address of at most 254 characters, such as billing@example.com.");

    public static final Rejection ACTIVITY_RETENTION_TOO_SHORT = invalidArgument(
            "activity-retention-too-short", "days", "days must be 1 or more, or null for as long as the plan says.");

    /** The answer to calls while the organization is deactivated (R21). Clients match the message. */
    public static final Rejection TOKEN_REJECTED = unauthenticated("token-rejected", "Token rejected");

    /** An operator has locked the organization. Clients match the message. */
    public static final Rejection LOCKED = forbidden("organization-locked", "Account is locked");

    /** Only a deactivated organization can be deleted (R22). */
    public static final Rejection NOT_DEACTIVATED = failedPrecondition(
            "organization-not-deactivated", "Only a deactivated organization can be deleted. Deactivate it first.");

    public static final Rejection NOT_ACTIVE =
            failedPrecondition("organization-not-active", "The organization is not active.");

    public static final Rejection DEACTIVATION_LINK_NO_LONGER_VALID = failedPrecondition(
                    "deactivation-link-no-longer-valid",
                    "This link has expired, was canceled or replaced, or was mailed to somebody who is no longer a member. Ask for the deactivation again.")
            .on("id");

    private OrganizationRejections() {}

    public static Rejection noSuchPlan(Collection<String> plans) {
        return invalidArgument("no-such-plan", "plan", "plan must be one of " + String.join(", ", plans) + ".");
    }

    /**
     * A plan with a price needs billing information first (R8).
     *
     * @param missing the names of the fields that are empty
     */
    public static Rejection billingInformationMissing(String plan, Collection<String> missing) {
        return failedPrecondition(
                        "billing-information-missing",
                        "The plan %s has a price: give billing information first. Missing: %s."
                                .formatted(plan, String.join(", ", missing)))
                .on("plan");
    }

    /** Complete billing information cannot become incomplete under a plan with a price (R8). */
    public static Rejection billingInformationRequired(String plan) {
        return failedPrecondition(
                        "billing-information-required",
                        "The plan %s has a price: %s cannot be empty while it lasts."
                                .formatted(plan, String.join(", ", BillingFields.REQUIRED)))
                .on(BillingFields.REQUIRED.getFirst());
    }

    /** A billing field that is too long or unknown. */
    public static Rejection billingFieldMalformed(String name) {
        return invalidArgument(
                "billing-field-malformed",
                name,
                "%s must have at most 256 characters, something visible unless it is empty, and %s."
                        .formatted(name, DisplayText.RULE));
    }

    /** A plan with fewer seats than are in use is rejected (R10). */
    public static Rejection seatsInUse(String plan, int seats, int members, int invitations) {
        return failedPrecondition(
                        "seats-in-use",
                        "The plan %s has %s, and %d are in use: %d by members, %d by pending invitations. Free %d of them first."
                                .formatted(
                                        plan,
                                        Quantity.of(seats, "seat"),
                                        members + invitations,
                                        members,
                                        invitations,
                                        members + invitations - seats))
                .on("plan");
    }

    public static Rejection activityRetentionBeyondPlan(String plan, long days) {
        return failedPrecondition(
                        "activity-retention-beyond-plan",
                        "The plan %s shows activities for %s at most. Choose no more, or another plan."
                                .formatted(plan, Quantity.of(days, "day")))
                .on("days");
    }

    /** @param reason given by the operator, or null */
    public static Rejection locked(@Nullable String reason) {
        return LOCKED.withDetail(
                reason == null ? null : "An operator has locked this organization. The reason given is: " + reason);
    }
}
