package io.guildhall.domain.organization;

import io.guildhall.domain.shared.EventType;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A fact of one organization as a whole; every one is an activity of its trail (R19). */
public sealed interface OrganizationEvent {

    UUID organization();

    /** R4, R5, R8. */
    @EventType("organization.created")
    record OrganizationCreated(UUID organization, String name, String plan, UUID creator)
            implements OrganizationEvent {}

    /** R4. */
    @EventType("organization.renamed")
    record OrganizationRenamed(UUID organization, String from, String to) implements OrganizationEvent {}

    /** R8. Sealed under the organization's key, as one text of all billing fields, {@code name=value} a line; {@code complete}: enough for a plan with a price. */
    @EventType("organization.billing_information_provided")
    record BillingInformationProvided(UUID organization, String encryptedFields, boolean complete)
            implements OrganizationEvent {}

    /** R8, R10. */
    @EventType("organization.plan_changed")
    record PlanChanged(UUID organization, String from, String to) implements OrganizationEvent {}

    /** In days; 0 is for as long as the plan says. */
    @EventType("organization.activity_retention_set")
    record ActivityRetentionSet(UUID organization, int from, int to) implements OrganizationEvent {}

    /** The onboarding answers, free in form, sealed under the organization's key as JSON. */
    @EventType("organization.signup_qualification_answered")
    record SignupQualificationAnswered(UUID organization, String encryptedAnswers) implements OrganizationEvent {}

    /** R21. Waits for a confirmation by the mailed link. */
    @EventType("organization.deactivation_requested")
    record DeactivationRequested(UUID organization, UUID link, Instant expiresAt) implements OrganizationEvent {}

    /** The request for a deactivation was withdrawn before it was confirmed. {@code link} is the mailed one. */
    @EventType("organization.deactivation_canceled")
    record DeactivationCanceled(UUID organization, UUID link) implements OrganizationEvent {}

    /** R21. */
    @EventType("organization.deactivation_started")
    record DeactivationStarted(UUID organization, String reason) implements OrganizationEvent {}

    /** R21. */
    @EventType("organization.deactivated")
    record OrganizationDeactivated(UUID organization) implements OrganizationEvent {}

    /** R21. */
    @EventType("organization.reactivated")
    record OrganizationReactivated(UUID organization) implements OrganizationEvent {}

    /** R22. */
    @EventType("organization.deletion_started")
    record DeletionStarted(UUID organization) implements OrganizationEvent {}

    /** R22. The name is free again. */
    @EventType("organization.deleted")
    record OrganizationDeleted(UUID organization, String name) implements OrganizationEvent {}

    /**
     * An operator has locked the organization.
     *
     * @param encryptedReason why, for the members; encrypted under the organization's key
     */
    @EventType("organization.locked")
    record OrganizationLocked(UUID organization, @Nullable String encryptedReason) implements OrganizationEvent {}

    /** By an operator. */
    @EventType("organization.unlocked")
    record OrganizationUnlocked(UUID organization) implements OrganizationEvent {}
}
