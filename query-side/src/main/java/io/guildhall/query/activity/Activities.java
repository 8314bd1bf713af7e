package io.guildhall.query.activity;

import static io.guildhall.query.activity.Activity.CREDENTIAL;
import static io.guildhall.query.activity.Activity.INVITATION;
import static io.guildhall.query.activity.Activity.MEMBER;
import static io.guildhall.query.activity.Activity.ORGANIZATION;
import static io.guildhall.query.activity.Activity.SESSION;
import static io.guildhall.query.activity.Activity.USER;
import static io.guildhall.query.activity.Activity.WEBHOOK;

import io.guildhall.domain.account.events.AccountErased;
import io.guildhall.domain.account.events.AccountEvent;
import io.guildhall.domain.account.events.AccountRenamed;
import io.guildhall.domain.account.events.AccountSignedUp;
import io.guildhall.domain.account.events.DeploymentMailsTurnedOff;
import io.guildhall.domain.account.events.DeploymentMailsTurnedOn;
import io.guildhall.domain.account.events.EmailChangeCanceled;
import io.guildhall.domain.account.events.EmailChangeConfirmed;
import io.guildhall.domain.account.events.EmailChangeRequested;
import io.guildhall.domain.account.events.EmailChanged;
import io.guildhall.domain.account.events.EmailValidated;
import io.guildhall.domain.account.events.EmailValidationRequested;
import io.guildhall.domain.account.events.FormerAddressForgotten;
import io.guildhall.domain.account.events.MembershipLimitRaised;
import io.guildhall.domain.account.events.NewsletterSubscribed;
import io.guildhall.domain.account.events.NewsletterUnsubscribed;
import io.guildhall.domain.account.events.OrganizationJoined;
import io.guildhall.domain.account.events.OrganizationLeft;
import io.guildhall.domain.account.events.PasswordRemoved;
import io.guildhall.domain.account.events.PasswordResetRequested;
import io.guildhall.domain.account.events.PasswordSet;
import io.guildhall.domain.invitation.events.InvitationAccepted;
import io.guildhall.domain.invitation.events.InvitationDeclined;
import io.guildhall.domain.invitation.events.InvitationEvent;
import io.guildhall.domain.invitation.events.InvitationExpired;
import io.guildhall.domain.invitation.events.InvitationResent;
import io.guildhall.domain.invitation.events.InvitationRevoked;
import io.guildhall.domain.invitation.events.MemberInvited;
import io.guildhall.domain.kernel.Quantity;
import io.guildhall.domain.membership.events.MemberJoined;
import io.guildhall.domain.membership.events.MemberLeft;
import io.guildhall.domain.membership.events.MemberRemoved;
import io.guildhall.domain.membership.events.MembershipEvent;
import io.guildhall.domain.organization.events.ActivityRetentionChosen;
import io.guildhall.domain.organization.events.BillingInformationGiven;
import io.guildhall.domain.organization.events.DeactivationCanceled;
import io.guildhall.domain.organization.events.DeactivationRequested;
import io.guildhall.domain.organization.events.DeactivationStarted;
import io.guildhall.domain.organization.events.DeletionStarted;
import io.guildhall.domain.organization.events.OrganizationDeactivated;
import io.guildhall.domain.organization.events.OrganizationDeleted;
import io.guildhall.domain.organization.events.OrganizationEvent;
import io.guildhall.domain.organization.events.OrganizationFounded;
import io.guildhall.domain.organization.events.OrganizationLocked;
import io.guildhall.domain.organization.events.OrganizationReactivated;
import io.guildhall.domain.organization.events.OrganizationRenamed;
import io.guildhall.domain.organization.events.OrganizationUnlocked;
import io.guildhall.domain.organization.events.PlanChosen;
import io.guildhall.domain.organization.events.SignupQualificationAnswered;
import io.guildhall.domain.session.events.SessionEnded;
import io.guildhall.domain.session.events.SessionEvent;
import io.guildhall.domain.session.events.SessionStarted;
import io.guildhall.domain.session.events.SignInEnded;
import io.guildhall.domain.token.events.TokenDeactivated;
import io.guildhall.domain.token.events.TokenDescribed;
import io.guildhall.domain.token.events.TokenEvent;
import io.guildhall.domain.token.events.TokenIssued;
import io.guildhall.domain.token.events.TokenReactivated;
import io.guildhall.domain.token.events.TokenRevoked;
import io.guildhall.domain.webhook.events.WebhookChanged;
import io.guildhall.domain.webhook.events.WebhookCreated;
import io.guildhall.domain.webhook.events.WebhookDeleted;
import io.guildhall.domain.webhook.events.WebhookDisabled;
import io.guildhall.domain.webhook.events.WebhookEnabled;
import io.guildhall.domain.webhook.events.WebhookEvent;
import io.guildhall.domain.webhook.events.WebhookSecretRotated;
import java.util.Locale;

/**
 * R19: what each event says in the trail, in the published contract's verbs and object types where it has some and in their
 * manner where not. An event that nobody thought of here does not compile.
 */
final class Activities {

    private Activities() {}

    static Activity of(OrganizationEvent fact) {
        return switch (fact) {
            case OrganizationFounded it ->
                of("created", it).with("plan", it.plan()).with("name", it.name());
            case OrganizationRenamed it ->
                update(it, "renamed").with("from", it.from()).with("to", it.to());
            case BillingInformationGiven it -> update(it, "billing_updated");
            case PlanChosen it ->
                update(it, "plan_updated").with("from", it.from()).with("to", it.to());
            case ActivityRetentionChosen it ->
                update(it, "activity_retention_updated")
                        .with("from", it.from() == 0 ? "plan" : Quantity.of(it.from(), "day"))
                        .with("to", it.to() == 0 ? "plan" : Quantity.of(it.to(), "day"));
            case SignupQualificationAnswered it -> update(it, "signup_qualification_answered");
            case DeactivationRequested it -> update(it, "deactivation_requested");
            case DeactivationCanceled it -> update(it, "deactivation_canceled");
            case DeactivationStarted it -> of("deactivating", it).with("reason", lower(it.reason()));
            case OrganizationDeactivated it -> of("deactivated", it);
            case OrganizationReactivated it -> of("reactivated", it);
            case DeletionStarted it -> of("deleting", it);
            case OrganizationDeleted it -> of("deleted", it);
            // What an operator wrote down as the reason is the operator's.
            case OrganizationLocked it -> of("locked", it);
            case OrganizationUnlocked it -> of("unlocked", it);
        };
    }

    static Activity of(InvitationEvent fact) {
        return switch (fact) {
            case MemberInvited it -> Activity.of("created", INVITATION, it.invitation());
            case InvitationResent it -> Activity.of("resent", INVITATION, it.invitation());
            case InvitationAccepted it -> Activity.of("accepted", INVITATION, it.invitation());
            case InvitationDeclined it -> Activity.of("declined", INVITATION, it.invitation());
            case InvitationRevoked it -> Activity.of("deleted", INVITATION, it.invitation());
            case InvitationExpired it -> Activity.of("expired", INVITATION, it.invitation());
        };
    }

    static Activity of(MembershipEvent fact) {
        return switch (fact) {
            case MemberJoined it -> Activity.of("joined", MEMBER, it.membership());
            case MemberLeft it -> Activity.of("left", MEMBER, it.membership());
            case MemberRemoved it -> Activity.of("revoked", MEMBER, it.membership());
        };
    }

    static Activity of(TokenEvent fact) {
        return switch (fact) {
            case TokenIssued it -> Activity.of("created", CREDENTIAL, it.token());
            case TokenDescribed it -> Activity.of("updated", CREDENTIAL, it.token());
            case TokenDeactivated it ->
                Activity.of("deactivated", CREDENTIAL, it.token()).with("reason", lower(it.reason()));
            case TokenReactivated it -> Activity.of("reactivated", CREDENTIAL, it.token());
            case TokenRevoked it ->
                Activity.of("deleted", CREDENTIAL, it.token()).with("reason", lower(it.reason()));
        };
    }

    static Activity of(WebhookEvent fact) {
        return switch (fact) {
            case WebhookCreated it -> Activity.of("created", WEBHOOK, it.webhook());
            case WebhookChanged it -> Activity.of("updated", WEBHOOK, it.webhook());
            case WebhookSecretRotated it -> Activity.update(WEBHOOK, it.webhook(), "secret_rotated");
            case WebhookDisabled it ->
                Activity.of("disabled", WEBHOOK, it.webhook()).with("reason", lower(it.reason()));
            case WebhookEnabled it -> Activity.of("enabled", WEBHOOK, it.webhook());
            case WebhookDeleted it -> Activity.of("deleted", WEBHOOK, it.webhook());
        };
    }

    static Activity of(AccountEvent fact) {
        return switch (fact) {
            case AccountSignedUp it -> Activity.of("created", USER, it.account());
            case EmailValidationRequested it -> update(it, "email_validation_requested");
            case EmailValidated it -> update(it, "email_validated").with("proof", lower(it.proof()));
            case EmailChangeRequested it -> update(it, "email_change_requested");
            case EmailChangeConfirmed it -> update(it, "email_change_confirmed").with("by", lower(it.by()));
            case EmailChangeCanceled it -> update(it, "email_change_canceled");
            case EmailChanged it -> update(it, "email_changed");
            case PasswordSet it -> update(it, "password_set").with("reason", lower(it.reason()));
            case PasswordRemoved it -> update(it, "password_removed");
            case PasswordResetRequested it -> update(it, "password_reset_requested");
            case AccountRenamed it -> update(it, "renamed");
            case NewsletterSubscribed it -> update(it, "newsletter_subscribed");
            case NewsletterUnsubscribed it -> update(it, "newsletter_unsubscribed");
            case DeploymentMailsTurnedOn it -> update(it, "deployment_mails_turned_on");
            case DeploymentMailsTurnedOff it -> update(it, "deployment_mails_turned_off");
            case OrganizationJoined it -> Activity.of("joined", ORGANIZATION, it.organization());
            case OrganizationLeft it -> Activity.of("left", ORGANIZATION, it.organization());
            case MembershipLimitRaised it ->
                update(it, "membership_limit_raised").with("limit", it.limit());
            case FormerAddressForgotten it -> update(it, "former_address_forgotten");
            case AccountErased it -> Activity.of("deleted", USER, it.account());
        };
    }

    static Activity of(SessionEvent fact) {
        return switch (fact) {
            case SessionStarted it ->
                Activity.of("created", SESSION, it.session()).with("cause", lower(it.cause()));
            case SessionEnded it ->
                Activity.of("deleted", SESSION, it.session()).with("reason", lower(it.reason()));
            case SignInEnded it -> Activity.of("deleted", SESSION, it.signIn()).with("reason", lower(it.reason()));
        };
    }

    private static Activity of(String verb, OrganizationEvent fact) {
        return Activity.of(verb, ORGANIZATION, fact.organization());
    }

    private static Activity update(OrganizationEvent fact, String event) {
        return Activity.update(ORGANIZATION, fact.organization(), event);
    }

    private static Activity update(AccountEvent fact, String event) {
        return Activity.update(USER, fact.account(), event);
    }

    private static String lower(String word) {
        return word.toLowerCase(Locale.ROOT);
    }
}
