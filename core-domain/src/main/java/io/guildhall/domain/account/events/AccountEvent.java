package io.guildhall.domain.account.events;

import java.util.UUID;

/** A fact of one account; every one is an activity of the account's own trail (R19). */
public sealed interface AccountEvent
        permits AccountSignedUp,
                EmailValidationRequested,
                EmailValidated,
                EmailChangeRequested,
                EmailChangeConfirmed,
                EmailChangeCanceled,
                EmailChanged,
                PasswordSet,
                PasswordRemoved,
                PasswordResetRequested,
                AccountRenamed,
                NewsletterSubscribed,
                NewsletterUnsubscribed,
                DeploymentMailsTurnedOn,
                DeploymentMailsTurnedOff,
                OrganizationJoined,
                OrganizationLeft,
                MembershipLimitRaised,
                AccountErased,
                FormerAddressForgotten {

    UUID account();
}
