package io.guildhall.domain;

import io.guildhall.domain.invitation.InvitationEvent.InvitationAccepted;
import io.guildhall.domain.invitation.InvitationEvent.InvitationDeclined;
import io.guildhall.domain.invitation.InvitationEvent.InvitationExpired;
import io.guildhall.domain.invitation.InvitationEvent.InvitationResent;
import io.guildhall.domain.invitation.InvitationEvent.InvitationRevoked;
import io.guildhall.domain.invitation.InvitationEvent.MemberInvited;
import io.guildhall.domain.membership.MembershipEvent.MemberJoined;
import io.guildhall.domain.membership.MembershipEvent.MemberLeft;
import io.guildhall.domain.membership.MembershipEvent.MemberRemoved;
import io.guildhall.domain.organization.NameClaimEvent.NameClaimed;
import io.guildhall.domain.organization.NameClaimEvent.NameReleased;
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
import io.guildhall.domain.session.SessionEvent.SessionEnded;
import io.guildhall.domain.session.SessionEvent.SessionStarted;
import io.guildhall.domain.session.SessionEvent.SignInEnded;
import io.guildhall.domain.token.TokenEvent.TokenDeactivated;
import io.guildhall.domain.token.TokenEvent.TokenEdited;
import io.guildhall.domain.token.TokenEvent.TokenIssued;
import io.guildhall.domain.token.TokenEvent.TokenReactivated;
import io.guildhall.domain.token.TokenEvent.TokenRevoked;
import io.guildhall.domain.user.EmailClaimEvent.EmailClaimed;
import io.guildhall.domain.user.EmailClaimEvent.EmailReleased;
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
import io.guildhall.domain.webhook.WebhookEvent.WebhookChanged;
import io.guildhall.domain.webhook.WebhookEvent.WebhookCreated;
import io.guildhall.domain.webhook.WebhookEvent.WebhookDeleted;
import io.guildhall.domain.webhook.WebhookEvent.WebhookDisabled;
import io.guildhall.domain.webhook.WebhookEvent.WebhookEnabled;
import io.guildhall.domain.webhook.WebhookEvent.WebhookSecretRotated;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The contents of the samples of stored events: one per type, with every component set. */
final class StoredEvents {

    private static final UUID USER = UUID.fromString("1f0c7d52-6a0e-4c8e-9d53-2b7a1e4f9a01");
    private static final UUID ORGANIZATION = UUID.fromString("8a4e2b1c-93d7-4f0a-b6c5-0d1e2f3a4b5c");
    private static final UUID MEMBERSHIP = UUID.fromString("c3b1f7e9-5d24-4a68-8e90-7f6a5b4c3d2e");
    private static final UUID INVITATION = UUID.fromString("5e6f7a8b-1c2d-4e3f-a4b5-c6d7e8f90a1b");
    private static final UUID TOKEN = UUID.fromString("d9e8f7a6-b5c4-4d3e-92f1-a0b9c8d7e6f5");
    private static final UUID SIGN_IN = UUID.fromString("16180339-8874-4989-9848-204586834365");
    private static final UUID PARENT = UUID.fromString("14142135-6237-4309-9048-801688724209");
    private static final UUID WEBHOOK = UUID.fromString("b7d1c0de-4b1d-4c0d-9a7e-5eed5eed5eed");
    private static final UUID SESSION = UUID.fromString("27182818-2845-4045-9352-3602874713a2");
    private static final UUID LINK = UUID.fromString("31415926-5358-4793-8238-462643383279");
    private static final UUID PASSWORD = UUID.fromString("16180339-8874-4989-8848-204586834365");
    private static final String SEALED_NAME = "9SZJ4Z_VSgPhMU6bZl_gDXx-OP0WdeIt1htWAFUjwHadsQdFO54w2sIFMPw";
    private static final String SEALED_EMAIL = "nVyDKVtTjYgUC7sDJzPXZadVKvcYqM_YGVPB39ASjqhKE2OzDw2IDm51C34";
    private static final String SEALED_PASSWORD = "0Ese81M_MzRIpBPbYNWAMn2tBcpZdLHf9j0qaGk6nyPeOiwdNhuGTf0Bex4";
    private static final String SEALED_ADDRESS = "CzilEIYLIp3idiRaC8eabKifWlHPyKyUQQ7KMeNGqwRkW4p83W-FDKtA9JA";
    private static final String SEALED_BILLING = "Uc22Apink5z5qf7P9bKdxtwYamqF3XbqPGOimHAF4gRUW5lOnD75ssnNtJg";
    private static final String SEALED_ANSWERS = "86PW1NtBvvW6DMe9Z93PF54ckmjD8pOO94jZC2_5mX0yAIq4nRfV1FYpZws";
    private static final String SEALED_URL = "Lw3bq8xJkYc0vT5nS2dHaR7fPz1mEuQ9oGiXtKyVjB4NsWpDlCA6hrMZUeF";
    private static final String SEALED_TEXT = "Qz7mVb2kXc9sLd4fGh1jKp6wEr3tYu8iOo5nAaSsDdFfGg";
    private static final String EMAIL_HASH = "RoRvajQuIFEw479NZnS7KyZp4diXWrFlCOrPWMib_oc";
    private static final String TOKEN_HASH = "1a7674eb4ee78df7e1ac439a93c3fa8e3c945784d4dec9fd8e3011738b2f1d62";
    private static final Instant AT = Instant.parse("2026-03-01T12:00:00.123456Z");
    private static final Instant EXPIRY = Instant.parse("2026-03-08T12:00:00.123456Z");

    static final List<Record> ALL = List.of(
            new UserSignedUp(USER, SEALED_NAME, SEALED_EMAIL, EMAIL_HASH),
            new EmailValidationRequested(USER, LINK, EXPIRY),
            new EmailValidated(USER, EMAIL_HASH, "LINK"),
            new EmailChangeRequested(USER, SEALED_EMAIL, EMAIL_HASH, LINK, EXPIRY, true),
            new EmailChangeConfirmed(USER, LINK, "NEW_ADDRESS"),
            new EmailChangeCanceled(USER, LINK),
            new EmailChanged(USER, SEALED_EMAIL, EMAIL_HASH),
            new PasswordSet(USER, PASSWORD, SEALED_PASSWORD, "SIGN_UP"),
            new PasswordRemoved(USER, LINK, EXPIRY),
            new PasswordResetRequested(USER, LINK, EXPIRY),
            new UserRenamed(USER, SEALED_NAME),
            new NewsletterSubscribed(USER),
            new NewsletterUnsubscribed(USER),
            new DeploymentNotificationsEnabled(USER),
            new DeploymentNotificationsDisabled(USER),
            new OrganizationJoined(USER, ORGANIZATION),
            new OrganizationLeft(USER, ORGANIZATION),
            new MembershipLimitRaised(USER, 25),
            new UserErased(USER, EMAIL_HASH),
            new FormerEmailErased(USER, EMAIL_HASH),
            new EmailClaimed(EMAIL_HASH, USER),
            new EmailReleased(EMAIL_HASH, USER),
            new SessionStarted(
                    USER,
                    SESSION,
                    TOKEN_HASH,
                    ORGANIZATION,
                    TOKEN,
                    "ACCESS_TOKEN",
                    SEALED_ADDRESS,
                    AT,
                    EXPIRY,
                    SIGN_IN,
                    AT,
                    EXPIRY,
                    AT,
                    PARENT,
                    List.of("activities:read")),
            new SessionEnded(USER, SESSION, "LOGOUT"),
            new SignInEnded(USER, SIGN_IN, "LOGOUT"),
            new OrganizationCreated(ORGANIZATION, "acme", "hobby", USER),
            new OrganizationRenamed(ORGANIZATION, "acme", "initech"),
            new BillingInformationProvided(ORGANIZATION, SEALED_BILLING, true),
            new PlanChanged(ORGANIZATION, "hobby", "startup"),
            new ActivityRetentionSet(ORGANIZATION, 90, 30),
            new SignupQualificationAnswered(ORGANIZATION, SEALED_ANSWERS),
            new DeactivationRequested(ORGANIZATION, LINK, EXPIRY),
            new DeactivationCanceled(ORGANIZATION, LINK),
            new DeactivationStarted(ORGANIZATION, "REQUESTED_BY_OWNER"),
            new OrganizationDeactivated(ORGANIZATION),
            new OrganizationReactivated(ORGANIZATION),
            new DeletionStarted(ORGANIZATION),
            new OrganizationDeleted(ORGANIZATION, "initech"),
            new OrganizationLocked(ORGANIZATION, SEALED_TEXT),
            new OrganizationUnlocked(ORGANIZATION),
            new NameClaimed("acme", ORGANIZATION),
            new NameReleased("acme", ORGANIZATION),
            new MemberInvited(ORGANIZATION, INVITATION, SEALED_EMAIL, EMAIL_HASH, USER, LINK, EXPIRY, "owner"),
            new InvitationResent(ORGANIZATION, INVITATION, LINK, EXPIRY),
            new InvitationAccepted(ORGANIZATION, INVITATION, USER),
            new InvitationDeclined(ORGANIZATION, INVITATION, USER),
            new InvitationRevoked(ORGANIZATION, INVITATION),
            new InvitationExpired(ORGANIZATION, INVITATION),
            new MemberJoined(ORGANIZATION, MEMBERSHIP, USER, "owner"),
            new MemberLeft(ORGANIZATION, MEMBERSHIP, USER),
            new MemberRemoved(ORGANIZATION, MEMBERSHIP, USER),
            new TokenIssued(
                    ORGANIZATION,
                    TOKEN,
                    USER,
                    "USER",
                    SEALED_TEXT,
                    SEALED_TEXT,
                    TOKEN_HASH,
                    EXPIRY,
                    List.of("activities:read"),
                    SIGN_IN,
                    PARENT),
            new TokenEdited(ORGANIZATION, TOKEN, USER, SEALED_TEXT, SEALED_TEXT),
            new TokenDeactivated(ORGANIZATION, TOKEN, USER, "MEMBERSHIP_ENDED"),
            new TokenReactivated(ORGANIZATION, TOKEN, USER),
            new TokenRevoked(ORGANIZATION, TOKEN, USER, "REVOKED"),
            new WebhookCreated(
                    ORGANIZATION, WEBHOOK, SEALED_URL, "credential organization_member.joined", SEALED_TEXT, USER),
            new WebhookChanged(ORGANIZATION, WEBHOOK, SEALED_URL, "", SEALED_TEXT, USER),
            new WebhookSecretRotated(ORGANIZATION, WEBHOOK, LINK),
            new WebhookDisabled(ORGANIZATION, WEBHOOK, "FAILING"),
            new WebhookEnabled(ORGANIZATION, WEBHOOK, USER),
            new WebhookDeleted(ORGANIZATION, WEBHOOK));

    private StoredEvents() {}
}
