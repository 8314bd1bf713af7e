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
     * memberships per user (R6).
     */
    record CreateOrganization(@RoutingKey UUID organization, String name, UUID creator, UUID membership)
            implements OrganizationCommand {}

    /**
     * Changes the name and billing information; all or nothing.
     *
     * @param name null leaves it unchanged
     * @param billing the fields to change; a null value removes a field
     */
    record UpdateOrganization(
            @RoutingKey UUID organization, @Nullable String name, Map<String, @Nullable String> billing)
            implements OrganizationCommand {}

    /**
     * Changes the plan (R8: a plan with a price needs billing information; R10: no plan with fewer seats than are in
     * use).
     */
    record ChangePlan(@RoutingKey UUID organization, String plan) implements OrganizationCommand {}

    /**
     * Sets how long activities are shown.
     *
     * @param days from 1 to the plan's limit; null for the plan's limit
     */
    record SetActivityRetention(
            @RoutingKey UUID organization, @Nullable Long days) implements OrganizationCommand {}

    /** Stores the answers to the onboarding questions, as a JSON object. */
    record AnswerSignupQualification(@RoutingKey UUID organization, String answers) implements OrganizationCommand {}

    /** Requests a deactivation, for which a confirmation link is mailed to every member. */
    record RequestDeactivation(@RoutingKey UUID organization, UUID link) implements OrganizationCommand {}

    /** Cancels a requested deactivation with the mailed link, which can then no longer confirm it. */
    record CancelDeactivation(@RoutingKey UUID organization, UUID link) implements OrganizationCommand {}

    /** Confirms a requested deactivation with the mailed link. */
    record ConfirmDeactivation(@RoutingKey UUID organization, UUID link) implements OrganizationCommand {}

    /** Deactivates an organization without a mailed confirmation. */
    record DeactivateOrganization(@RoutingKey UUID organization) implements OrganizationCommand {}

    /** Completes a running deactivation; sent by the system. Does nothing if none is running. */
    record CompleteDeactivation(@RoutingKey UUID organization) implements OrganizationCommand {}

    /** Reactivates a deactivated organization. */
    record ReactivateOrganization(@RoutingKey UUID organization) implements OrganizationCommand {}

    /** Starts the deletion of a deactivated organization. */
    record DeleteOrganization(@RoutingKey UUID organization) implements OrganizationCommand {}

    /**
     * The next step of a running deletion, sent by the system: ends one membership or, if none is left, deletes the
     * organization. Does nothing if no deletion is running.
     */
    record CompleteDeletion(@RoutingKey UUID organization) implements OrganizationCommand {}

    /** Locks an organization; sent by an operator. Members see the reason. */
    record LockOrganization(@RoutingKey UUID organization, String reason) implements OrganizationCommand {}

    /** Unlocks an organization; sent by an operator. */
    record UnlockOrganization(@RoutingKey UUID organization) implements OrganizationCommand {}
}
