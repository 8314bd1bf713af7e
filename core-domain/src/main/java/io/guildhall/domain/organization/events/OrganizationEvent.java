package io.guildhall.domain.organization.events;

import java.util.UUID;

/** A fact of one organization as a whole; every one is an activity of its trail (R19). */
public sealed interface OrganizationEvent
        permits OrganizationFounded,
                OrganizationRenamed,
                BillingInformationGiven,
                PlanChosen,
                ActivityRetentionChosen,
                SignupQualificationAnswered,
                DeactivationRequested,
                DeactivationCanceled,
                DeactivationStarted,
                OrganizationDeactivated,
                OrganizationReactivated,
                DeletionStarted,
                OrganizationDeleted,
                OrganizationLocked,
                OrganizationUnlocked {

    UUID organization();
}
