package io.guildhall.domain;

import io.guildhall.domain.account.events.AccountErased;
import io.guildhall.domain.account.events.AccountRenamed;
import io.guildhall.domain.account.events.AccountSignedUp;
import io.guildhall.domain.account.events.DeploymentMailsTurnedOff;
import io.guildhall.domain.account.events.DeploymentMailsTurnedOn;
import io.guildhall.domain.account.events.EmailChangeCanceled;
import io.guildhall.domain.account.events.EmailChangeConfirmed;
import io.guildhall.domain.account.events.EmailChangeRequested;
import io.guildhall.domain.account.events.EmailChanged;
import io.guildhall.domain.account.events.EmailClaimed;
import io.guildhall.domain.account.events.EmailReleased;
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
import io.guildhall.domain.invitation.events.InvitationExpired;
import io.guildhall.domain.invitation.events.InvitationResent;
import io.guildhall.domain.invitation.events.InvitationRevoked;
import io.guildhall.domain.invitation.events.MemberInvited;
import io.guildhall.domain.membership.events.MemberJoined;
import io.guildhall.domain.membership.events.MemberLeft;
import io.guildhall.domain.membership.events.MemberRemoved;
import io.guildhall.domain.organization.events.ActivityRetentionChosen;
import io.guildhall.domain.organization.events.BillingInformationGiven;
import io.guildhall.domain.organization.events.DeactivationCanceled;
import io.guildhall.domain.organization.events.DeactivationRequested;
import io.guildhall.domain.organization.events.DeactivationStarted;
import io.guildhall.domain.organization.events.DeletionStarted;
import io.guildhall.domain.organization.events.NameClaimed;
import io.guildhall.domain.organization.events.NameReleased;
import io.guildhall.domain.organization.events.OrganizationDeactivated;
import io.guildhall.domain.organization.events.OrganizationDeleted;
import io.guildhall.domain.organization.events.OrganizationFounded;
import io.guildhall.domain.organization.events.OrganizationLocked;
import io.guildhall.domain.organization.events.OrganizationReactivated;
import io.guildhall.domain.organization.events.OrganizationRenamed;
import io.guildhall.domain.organization.events.OrganizationUnlocked;
import io.guildhall.domain.organization.events.PlanChosen;
import io.guildhall.domain.organization.events.SignupQualificationAnswered;
import io.guildhall.domain.session.events.SessionEnded;
import io.guildhall.domain.session.events.SessionStarted;
import io.guildhall.domain.session.events.SignInEnded;
import io.guildhall.domain.token.events.TokenDeactivated;
import io.guildhall.domain.token.events.TokenDescribed;
import io.guildhall.domain.token.events.TokenIssued;
import io.guildhall.domain.token.events.TokenReactivated;
import io.guildhall.domain.token.events.TokenRevoked;
import io.guildhall.domain.webhook.events.WebhookChanged;
import io.guildhall.domain.webhook.events.WebhookCreated;
import io.guildhall.domain.webhook.events.WebhookDeleted;
import io.guildhall.domain.webhook.events.WebhookDisabled;
import io.guildhall.domain.webhook.events.WebhookEnabled;
import io.guildhall.domain.webhook.events.WebhookSecretRotated;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What the samples of stored events say, one of each kind, with every component set. */
final class StoredEvents {

    private static final UUID ACCOUNT = UUID.fromString("1f0c7d52-6a0e-4c8e-9d53-2b7a1e4f9a01");
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
            new AccountSignedUp(ACCOUNT, SEALED_NAME, SEALED_EMAIL, EMAIL_HASH),
            new EmailValidationRequested(ACCOUNT, LINK, EXPIRY),
            new EmailValidated(ACCOUNT, EMAIL_HASH, "LINK"),
            new EmailChangeRequested(ACCOUNT, SEALED_EMAIL, EMAIL_HASH, LINK, EXPIRY, true),
            new EmailChangeConfirmed(ACCOUNT, LINK, "NEW_ADDRESS"),
            new EmailChangeCanceled(ACCOUNT, LINK),
            new EmailChanged(ACCOUNT, SEALED_EMAIL, EMAIL_HASH),
            new PasswordSet(ACCOUNT, PASSWORD, SEALED_PASSWORD, "SIGN_UP"),
            new PasswordRemoved(ACCOUNT, LINK, EXPIRY),
            new PasswordResetRequested(ACCOUNT, LINK, EXPIRY),
            new AccountRenamed(ACCOUNT, SEALED_NAME),
            new NewsletterSubscribed(ACCOUNT),
            new NewsletterUnsubscribed(ACCOUNT),
            new DeploymentMailsTurnedOn(ACCOUNT),
            new DeploymentMailsTurnedOff(ACCOUNT),
            new OrganizationJoined(ACCOUNT, ORGANIZATION),
            new OrganizationLeft(ACCOUNT, ORGANIZATION),
            new MembershipLimitRaised(ACCOUNT, 25),
            new AccountErased(ACCOUNT, EMAIL_HASH),
            new FormerAddressForgotten(ACCOUNT, EMAIL_HASH),
            new EmailClaimed(EMAIL_HASH, ACCOUNT),
            new EmailReleased(EMAIL_HASH, ACCOUNT),
            new SessionStarted(
                    ACCOUNT,
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
            new SessionEnded(ACCOUNT, SESSION, "LOGOUT"),
            new SignInEnded(ACCOUNT, SIGN_IN, "LOGOUT"),
            new OrganizationFounded(ORGANIZATION, "acme", "hobby", ACCOUNT),
            new OrganizationRenamed(ORGANIZATION, "acme", "initech"),
            new BillingInformationGiven(ORGANIZATION, SEALED_BILLING, true),
            new PlanChosen(ORGANIZATION, "hobby", "startup"),
            new ActivityRetentionChosen(ORGANIZATION, 90, 30),
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
            new MemberInvited(ORGANIZATION, INVITATION, SEALED_EMAIL, EMAIL_HASH, ACCOUNT, LINK, EXPIRY),
            new InvitationResent(ORGANIZATION, INVITATION, LINK, EXPIRY),
            new InvitationAccepted(ORGANIZATION, INVITATION, ACCOUNT),
            new InvitationDeclined(ORGANIZATION, INVITATION, ACCOUNT),
            new InvitationRevoked(ORGANIZATION, INVITATION),
            new InvitationExpired(ORGANIZATION, INVITATION),
            new MemberJoined(ORGANIZATION, MEMBERSHIP, ACCOUNT),
            new MemberLeft(ORGANIZATION, MEMBERSHIP, ACCOUNT),
            new MemberRemoved(ORGANIZATION, MEMBERSHIP, ACCOUNT),
            new TokenIssued(
                    ORGANIZATION,
                    TOKEN,
                    ACCOUNT,
                    "USER",
                    SEALED_TEXT,
                    SEALED_TEXT,
                    TOKEN_HASH,
                    EXPIRY,
                    List.of("activities:read"),
                    SIGN_IN,
                    PARENT),
            new TokenDescribed(ORGANIZATION, TOKEN, SEALED_TEXT, SEALED_TEXT),
            new TokenDeactivated(ORGANIZATION, TOKEN, ACCOUNT, "MEMBERSHIP_ENDED"),
            new TokenReactivated(ORGANIZATION, TOKEN, ACCOUNT),
            new TokenRevoked(ORGANIZATION, TOKEN, ACCOUNT, "REVOKED"),
            new WebhookCreated(
                    ORGANIZATION, WEBHOOK, SEALED_URL, "credential organization_member.joined", SEALED_TEXT, ACCOUNT),
            new WebhookChanged(ORGANIZATION, WEBHOOK, SEALED_URL, "", SEALED_TEXT, ACCOUNT),
            new WebhookSecretRotated(ORGANIZATION, WEBHOOK, LINK),
            new WebhookDisabled(ORGANIZATION, WEBHOOK, "FAILING"),
            new WebhookEnabled(ORGANIZATION, WEBHOOK, ACCOUNT),
            new WebhookDeleted(ORGANIZATION, WEBHOOK));

    /** By the names of their samples: forms that are no longer written, as they are read now. */
    static final Map<String, Record> FORMER = Map.of(
            "TokenDescribed.1",
            new TokenDescribed(ORGANIZATION, TOKEN, null, null),
            "TokenIssued.3",
            new TokenIssued(
                    ORGANIZATION,
                    TOKEN,
                    ACCOUNT,
                    "USER",
                    null,
                    null,
                    TOKEN_HASH,
                    EXPIRY,
                    List.of("activities:read"),
                    SIGN_IN,
                    PARENT),
            "OrganizationLocked.1",
            new OrganizationLocked(ORGANIZATION, null),
            "WebhookCreated.1",
            new WebhookCreated(ORGANIZATION, WEBHOOK, SEALED_URL, "credential organization_member.joined", null, null),
            "WebhookChanged.1",
            new WebhookChanged(ORGANIZATION, WEBHOOK, SEALED_URL, "", null, null),
            "WebhookEnabled.1",
            new WebhookEnabled(ORGANIZATION, WEBHOOK, null),
            "TokenIssued.1",
            new TokenIssued(ORGANIZATION, TOKEN, ACCOUNT, "USER", null, null, TOKEN_HASH, EXPIRY, null, null, null),
            "TokenIssued.2",
            new TokenIssued(
                    ORGANIZATION,
                    TOKEN,
                    ACCOUNT,
                    "USER",
                    null,
                    null,
                    TOKEN_HASH,
                    EXPIRY,
                    List.of("activities:read"),
                    null,
                    null),
            "SessionStarted.1",
            new SessionStarted(
                    ACCOUNT,
                    SESSION,
                    TOKEN_HASH,
                    ORGANIZATION,
                    TOKEN,
                    "ACCESS_TOKEN",
                    SEALED_ADDRESS,
                    AT,
                    EXPIRY,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null));

    private StoredEvents() {}
}
