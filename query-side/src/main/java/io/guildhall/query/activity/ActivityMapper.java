package io.guildhall.query.activity;

import static io.guildhall.query.activity.Activity.CREDENTIAL;
import static io.guildhall.query.activity.Activity.INVITATION;
import static io.guildhall.query.activity.Activity.MEMBER;
import static io.guildhall.query.activity.Activity.ORGANIZATION;
import static io.guildhall.query.activity.Activity.SESSION;
import static io.guildhall.query.activity.Activity.USER;
import static io.guildhall.query.activity.Activity.WEBHOOK;

import io.guildhall.domain.EventTypes;
import io.guildhall.domain.invitation.InvitationEvent;
import io.guildhall.domain.invitation.InvitationEvent.InvitationRevoked;
import io.guildhall.domain.invitation.InvitationEvent.MemberInvited;
import io.guildhall.domain.membership.MembershipEvent;
import io.guildhall.domain.membership.MembershipEvent.MemberRemoved;
import io.guildhall.domain.organization.OrganizationEvent;
import io.guildhall.domain.organization.OrganizationEvent.ActivityRetentionSet;
import io.guildhall.domain.organization.OrganizationEvent.BillingInformationProvided;
import io.guildhall.domain.organization.OrganizationEvent.DeactivationCanceled;
import io.guildhall.domain.organization.OrganizationEvent.DeactivationRequested;
import io.guildhall.domain.organization.OrganizationEvent.DeactivationStarted;
import io.guildhall.domain.organization.OrganizationEvent.DeletionStarted;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationCreated;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationDeactivated;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationDeleted;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationLocked;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationReactivated;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationRenamed;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationUnlocked;
import io.guildhall.domain.organization.OrganizationEvent.PlanChanged;
import io.guildhall.domain.organization.OrganizationEvent.SignupQualificationAnswered;
import io.guildhall.domain.session.SessionEvent;
import io.guildhall.domain.session.SessionEvent.SessionEnded;
import io.guildhall.domain.session.SessionEvent.SessionStarted;
import io.guildhall.domain.session.SessionEvent.SignInEnded;
import io.guildhall.domain.shared.DomainEvent;
import io.guildhall.domain.shared.Quantity;
import io.guildhall.domain.token.TokenEvent;
import io.guildhall.domain.token.TokenEvent.TokenDeactivated;
import io.guildhall.domain.token.TokenEvent.TokenEdited;
import io.guildhall.domain.token.TokenEvent.TokenIssued;
import io.guildhall.domain.token.TokenEvent.TokenReactivated;
import io.guildhall.domain.token.TokenEvent.TokenRevoked;
import io.guildhall.domain.user.UserEvent;
import io.guildhall.domain.user.UserEvent.DeploymentNotificationsDisabled;
import io.guildhall.domain.user.UserEvent.DeploymentNotificationsEnabled;
import io.guildhall.domain.user.UserEvent.EmailChangeCanceled;
import io.guildhall.domain.user.UserEvent.EmailChangeConfirmed;
import io.guildhall.domain.user.UserEvent.EmailChangeRequested;
import io.guildhall.domain.user.UserEvent.EmailChanged;
import io.guildhall.domain.user.UserEvent.EmailValidated;
import io.guildhall.domain.user.UserEvent.EmailValidationRequested;
import io.guildhall.domain.user.UserEvent.FormerEmailErased;
import io.guildhall.domain.user.UserEvent.MembershipLimitRaised;
import io.guildhall.domain.user.UserEvent.NewsletterSubscribed;
import io.guildhall.domain.user.UserEvent.NewsletterUnsubscribed;
import io.guildhall.domain.user.UserEvent.OrganizationJoined;
import io.guildhall.domain.user.UserEvent.OrganizationLeft;
import io.guildhall.domain.user.UserEvent.PasswordRemoved;
import io.guildhall.domain.user.UserEvent.PasswordResetRequested;
import io.guildhall.domain.user.UserEvent.PasswordSet;
import io.guildhall.domain.user.UserEvent.UserErased;
import io.guildhall.domain.user.UserEvent.UserRenamed;
import io.guildhall.domain.user.UserEvent.UserSignedUp;
import io.guildhall.domain.webhook.WebhookEvent;
import io.guildhall.domain.webhook.WebhookEvent.WebhookChanged;
import io.guildhall.domain.webhook.WebhookEvent.WebhookCreated;
import io.guildhall.domain.webhook.WebhookEvent.WebhookDeleted;
import io.guildhall.domain.webhook.WebhookEvent.WebhookDisabled;
import io.guildhall.domain.webhook.WebhookEvent.WebhookEnabled;
import io.guildhall.domain.webhook.WebhookEvent.WebhookSecretRotated;
import java.util.Locale;

/**
 * Maps each event to its verb and object in the trail (R19: each event is one activity), which are the published
 * contract's where it defines them. For memberships and invitations the default verb is the last word of the event's
 * name. All other event families are mapped exhaustively, checked by the compiler.
 */
final class ActivityMapper {

    private ActivityMapper() {}

    static Activity of(OrganizationEvent fact) {
        return switch (fact) {
            case OrganizationCreated it ->
                of("created", it).with("plan", it.plan()).with("name", it.name());
            case OrganizationRenamed it ->
                update(it, "renamed").with("from", it.from()).with("to", it.to());
            case BillingInformationProvided it -> update(it, "billing_updated");
            case PlanChanged it ->
                update(it, "plan_updated").with("from", it.from()).with("to", it.to());
            case ActivityRetentionSet it ->
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
            // The operator's reason is not shown to members.
            case OrganizationLocked it -> of("locked", it);
            case OrganizationUnlocked it -> of("unlocked", it);
        };
    }

    static Activity of(InvitationEvent fact) {
        String verb = switch (fact) {
            case MemberInvited it -> "created";
            case InvitationRevoked it -> "deleted";
            default -> lastWord(fact);
        };
        return Activity.of(verb, INVITATION, fact.invitation());
    }

    static Activity of(MembershipEvent fact) {
        return Activity.of(fact instanceof MemberRemoved ? "revoked" : lastWord(fact), MEMBER, fact.membership());
    }

    static Activity of(TokenEvent fact) {
        return switch (fact) {
            case TokenIssued it -> Activity.of("created", CREDENTIAL, it.token());
            case TokenEdited it -> Activity.of("updated", CREDENTIAL, it.token());
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

    static Activity of(UserEvent fact) {
        return switch (fact) {
            case UserSignedUp it -> Activity.of("created", USER, it.user());
            case EmailValidationRequested it -> update(it, "email_validation_requested");
            case EmailValidated it -> update(it, "email_validated").with("proof", lower(it.proof()));
            case EmailChangeRequested it -> update(it, "email_change_requested");
            case EmailChangeConfirmed it -> update(it, "email_change_confirmed").with("by", lower(it.by()));
            case EmailChangeCanceled it -> update(it, "email_change_canceled");
            case EmailChanged it -> update(it, "email_changed");
            case PasswordSet it -> update(it, "password_set").with("reason", lower(it.reason()));
            case PasswordRemoved it -> update(it, "password_removed");
            case PasswordResetRequested it -> update(it, "password_reset_requested");
            case UserRenamed it -> update(it, "renamed");
            case NewsletterSubscribed it -> update(it, "newsletter_subscribed");
            case NewsletterUnsubscribed it -> update(it, "newsletter_unsubscribed");
            case DeploymentNotificationsEnabled it -> update(it, "deployment_mails_turned_on");
            case DeploymentNotificationsDisabled it -> update(it, "deployment_mails_turned_off");
            case OrganizationJoined it -> Activity.of("joined", ORGANIZATION, it.organization());
            case OrganizationLeft it -> Activity.of("left", ORGANIZATION, it.organization());
            case MembershipLimitRaised it ->
                update(it, "membership_limit_raised").with("limit", it.limit());
            case FormerEmailErased it -> update(it, "former_address_forgotten");
            case UserErased it -> Activity.of("deleted", USER, it.user());
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

    private static Activity update(UserEvent fact, String event) {
        return Activity.update(USER, fact.user(), event);
    }

    /** Returns the last word of the event's logical name: {@code joined} of {@code member.joined}. */
    private static String lastWord(DomainEvent fact) {
        String name = EventTypes.nameOf(fact.getClass());
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static String lower(String word) {
        return word.toLowerCase(Locale.ROOT);
    }
}
