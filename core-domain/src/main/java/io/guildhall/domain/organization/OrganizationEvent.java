package io.guildhall.domain.organization;

import io.guildhall.domain.shared.DomainEvent;
import io.guildhall.domain.shared.EventType;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An event of an organization as a whole. */
public sealed interface OrganizationEvent extends DomainEvent {

    UUID organization();

    @Override
    default UUID trail() {
        return organization();
    }

    /**
     * An organization was created with a unique name (R4), the initial plan (R8) and its creator as the first member
     * (R5).
     */
    @EventType("organization.created")
    record OrganizationCreated(UUID organization, String name, String plan, UUID creator)
            implements OrganizationEvent {}

    /** The organization was renamed; its former name is free again (R4). */
    @EventType("organization.renamed")
    record OrganizationRenamed(UUID organization, String from, String to) implements OrganizationEvent {}

    /**
     * Billing information was provided.
     *
     * @param encryptedFields all fields as one text, {@code name=value} per line, encrypted with the organization's key
     * @param complete whether it is sufficient for a plan with a price
     */
    @EventType("organization.billing_information_provided")
    record BillingInformationProvided(UUID organization, String encryptedFields, boolean complete)
            implements OrganizationEvent {}

    /** The plan changed. */
    @EventType("organization.plan_changed")
    record PlanChanged(UUID organization, String from, String to) implements OrganizationEvent {}

    /** The retention of activities was set, in days; 0 for the plan's retention. */
    @EventType("organization.activity_retention_set")
    record ActivityRetentionSet(UUID organization, int from, int to) implements OrganizationEvent {}

    /** The onboarding questions were answered; free-form JSON, encrypted with the organization's key. */
    @EventType("organization.signup_qualification_answered")
    record SignupQualificationAnswered(UUID organization, String encryptedAnswers) implements OrganizationEvent {}

    /** A member requested a deactivation, which must be confirmed with the mailed link. */
    @EventType("organization.deactivation_requested")
    record DeactivationRequested(UUID organization, UUID link, Instant expiresAt) implements OrganizationEvent {}

    /**
     * A requested deactivation was canceled before its confirmation.
     *
     * @param link the mailed link
     */
    @EventType("organization.deactivation_canceled")
    record DeactivationCanceled(UUID organization, UUID link) implements OrganizationEvent {}

    /** The deactivation started: resources and API tokens are being deleted. */
    @EventType("organization.deactivation_started")
    record DeactivationStarted(UUID organization, String reason) implements OrganizationEvent {}

    /** The organization was deactivated; members, trail and billing stay. */
    @EventType("organization.deactivated")
    record OrganizationDeactivated(UUID organization) implements OrganizationEvent {}

    /** The organization was reactivated; its resources are not restored. */
    @EventType("organization.reactivated")
    record OrganizationReactivated(UUID organization) implements OrganizationEvent {}

    /** The deletion started: resources, tokens, invitations and memberships are being deleted. */
    @EventType("organization.deletion_started")
    record DeletionStarted(UUID organization) implements OrganizationEvent {}

    /** The organization was deleted; its name is free again. */
    @EventType("organization.deleted")
    record OrganizationDeleted(UUID organization, String name) implements OrganizationEvent {}

    /**
     * An operator locked the organization.
     *
     * @param encryptedReason shown to members; encrypted with the organization's key
     */
    @EventType("organization.locked")
    record OrganizationLocked(UUID organization, @Nullable String encryptedReason) implements OrganizationEvent {}

    /** An operator unlocked the organization. */
    @EventType("organization.unlocked")
    record OrganizationUnlocked(UUID organization) implements OrganizationEvent {}
}
