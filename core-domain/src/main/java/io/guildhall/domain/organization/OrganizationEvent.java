package io.guildhall.domain.organization;

import io.guildhall.domain.shared.DomainEvent;
import io.guildhall.domain.shared.EventType;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A fact of one organization as a whole; every one is an activity of its trail (R19). */
public sealed interface OrganizationEvent extends DomainEvent {

    UUID organization();

    @Override
    default UUID trail() {
        return organization();
    }

    /**
     * An organization was created: with a unique name (R4), the initial plan (R8), and its creator as the first
     * member (R5).
     */
    @EventType("organization.created")
    record OrganizationCreated(UUID organization, String name, String plan, UUID creator)
            implements OrganizationEvent {}

    /** The organization has another unique name; the former one is free again (R4). */
    @EventType("organization.renamed")
    record OrganizationRenamed(UUID organization, String from, String to) implements OrganizationEvent {}

    /**
     * Billing information, which a plan with a price needs (R8). Encrypted under the organization's key, as one text
     * of all billing fields, {@code name=value} a line; {@code complete}: enough for a plan with a price.
     */
    @EventType("organization.billing_information_provided")
    record BillingInformationProvided(UUID organization, String encryptedFields, boolean complete)
            implements OrganizationEvent {}

    /** The organization has another plan, with enough seats for those in use (R8, R10: no plan with fewer). */
    @EventType("organization.plan_changed")
    record PlanChanged(UUID organization, String from, String to) implements OrganizationEvent {}

    /** In days; 0 is for as long as the plan says. */
    @EventType("organization.activity_retention_set")
    record ActivityRetentionSet(UUID organization, int from, int to) implements OrganizationEvent {}

    /** The onboarding answers, free in form, sealed under the organization's key as JSON. */
    @EventType("organization.signup_qualification_answered")
    record SignupQualificationAnswered(UUID organization, String encryptedAnswers) implements OrganizationEvent {}

    /** A member asked for the deactivation, which waits for a confirmation by the mailed link (R21). */
    @EventType("organization.deactivation_requested")
    record DeactivationRequested(UUID organization, UUID link, Instant expiresAt) implements OrganizationEvent {}

    /** The request for a deactivation was withdrawn before it was confirmed. {@code link} is the mailed one. */
    @EventType("organization.deactivation_canceled")
    record DeactivationCanceled(UUID organization, UUID link) implements OrganizationEvent {}

    /** The deactivation is under way: resources and API tokens go (R21). */
    @EventType("organization.deactivation_started")
    record DeactivationStarted(UUID organization, String reason) implements OrganizationEvent {}

    /** The organization is deactivated: members, trail and billing stay (R21). */
    @EventType("organization.deactivated")
    record OrganizationDeactivated(UUID organization) implements OrganizationEvent {}

    /** The organization is active again; its resources do not come back (R21). */
    @EventType("organization.reactivated")
    record OrganizationReactivated(UUID organization) implements OrganizationEvent {}

    /** The deletion is under way: resources, tokens, invitations and memberships go (R22). */
    @EventType("organization.deletion_started")
    record DeletionStarted(UUID organization) implements OrganizationEvent {}

    /** The organization is deleted, and its name is free again (R22). */
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
