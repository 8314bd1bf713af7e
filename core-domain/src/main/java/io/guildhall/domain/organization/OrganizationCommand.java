package io.guildhall.domain.organization;

import java.util.Map;
import java.util.UUID;
import org.axonframework.commandhandling.RoutingKey;
import org.jspecify.annotations.Nullable;

/** A command about an organization as a whole. */
public sealed interface OrganizationCommand {

    UUID organization();

    /**
     * Creates an organization with a unique name (R4) and its creator as the first member (R5), within the limit of
     * organizations per user (R6).
     */
    record CreateOrganization(@RoutingKey UUID organization, String name, UUID creator, UUID membership)
            implements OrganizationCommand {}

    /**
     * Changes the name (R4) or the billing information (R8). A null name stays; only the billing fields given change,
     * a null value empties one. All or nothing.
     */
    record UpdateOrganization(
            @RoutingKey UUID organization, @Nullable String name, Map<String, @Nullable String> billing)
            implements OrganizationCommand {}

    /** Chooses another plan: one with a price needs billing information (R8), and it needs the seats in use (R10). */
    record ChangePlan(@RoutingKey UUID organization, String plan) implements OrganizationCommand {}

    /**
     * For how long activities are shown.
     *
     * @param days 1 or more and no more than the plan's; null is for as long as the plan says
     */
    record SetActivityRetention(
            @RoutingKey UUID organization, @Nullable Long days) implements OrganizationCommand {}

    /** The answers as a JSON object. */
    record AnswerSignupQualification(@RoutingKey UUID organization, String answers) implements OrganizationCommand {}

    /** R21: mails the link to every member. */
    record RequestDeactivation(@RoutingKey UUID organization, UUID link) implements OrganizationCommand {}

    /** Withdraws the request for a deactivation, by the mailed link. Confirming by that link is then refused. */
    record CancelDeactivation(@RoutingKey UUID organization, UUID link) implements OrganizationCommand {}

    /** R21: the mailed link was followed. */
    record ConfirmDeactivation(@RoutingKey UUID organization, UUID link) implements OrganizationCommand {}

    /** R21 without the mailed confirmation. */
    record DeactivateOrganization(@RoutingKey UUID organization) implements OrganizationCommand {}

    /** R21: the next step of a deactivation under way. Silence when there is none. */
    record CompleteDeactivation(@RoutingKey UUID organization) implements OrganizationCommand {}

    /** Makes a deactivated organization active again (R21). */
    record ReactivateOrganization(@RoutingKey UUID organization) implements OrganizationCommand {}

    /** Deletes an organization that is deactivated (R22). */
    record DeleteOrganization(@RoutingKey UUID organization) implements OrganizationCommand {}

    /** R22: the next step of a deletion under way; ends one membership or, when none is left, the organization. Silence when there is nothing to do. */
    record CompleteDeletion(@RoutingKey UUID organization) implements OrganizationCommand {}

    /** By an operator; the reason is shown to members. */
    record LockOrganization(@RoutingKey UUID organization, String reason) implements OrganizationCommand {}

    /** By an operator. */
    record UnlockOrganization(@RoutingKey UUID organization) implements OrganizationCommand {}
}
