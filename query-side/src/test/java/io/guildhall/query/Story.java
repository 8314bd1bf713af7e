package io.guildhall.query;

import io.guildhall.domain.account.events.AccountErased;
import io.guildhall.domain.account.events.AccountSignedUp;
import io.guildhall.domain.account.events.EmailValidated;
import io.guildhall.domain.account.events.OrganizationJoined;
import io.guildhall.domain.account.events.OrganizationLeft;
import io.guildhall.domain.account.events.PasswordSet;
import io.guildhall.domain.invitation.events.InvitationAccepted;
import io.guildhall.domain.invitation.events.MemberInvited;
import io.guildhall.domain.kernel.Act;
import io.guildhall.domain.membership.events.MemberJoined;
import io.guildhall.domain.membership.events.MemberLeft;
import io.guildhall.domain.organization.events.OrganizationFounded;
import io.guildhall.domain.session.events.SessionStarted;
import io.guildhall.domain.token.events.TokenIssued;
import io.guildhall.domain.webhook.events.WebhookCreated;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The usual acts, as the events that they consist of. */
public final class Story {

    private final ReadModels models;

    public Story(ReadModels models) {
        this.models = models;
    }

    public static Act by(UUID account) {
        return Act.byAccount(account, null, null);
    }

    public static String emailOf(String name) {
        return name.toLowerCase(Locale.ROOT).replace(' ', '.') + "@example.org";
    }

    public String hash(String name) {
        return models.personalData().emailHash(emailOf(name));
    }

    /** Signed up and validated. */
    public UUID person(String name) {
        UUID account = unproven(name);
        models.happened(by(account), new EmailValidated(account, hash(name), "LINK"));
        return account;
    }

    /** Signed up; the address is not validated. */
    public UUID unproven(String name) {
        UUID account = UUID.randomUUID();
        models.happened(
                by(account),
                new AccountSignedUp(account, seal(account, name), seal(account, emailOf(name)), hash(name)),
                new PasswordSet(account, UUID.randomUUID(), seal(account, "encoded:" + name), "SIGN_UP"));
        return account;
    }

    public UUID session(UUID account, @Nullable UUID organization, @Nullable UUID via, String hash, Duration validity) {
        UUID session = UUID.randomUUID();
        session(account, session, organization, via, "LOGIN", hash, validity, via == null ? session : null, null, null);
        return session;
    }

    /** A session with all there is about it. */
    public void session(
            UUID account,
            UUID session,
            @Nullable UUID organization,
            @Nullable UUID via,
            String cause,
            String hash,
            Duration validity,
            @Nullable UUID signIn,
            @Nullable UUID parent,
            @Nullable List<String> scopes) {
        Instant start = models.now();
        models.happened(
                by(account),
                new SessionStarted(
                        account,
                        session,
                        hash,
                        organization,
                        via,
                        cause,
                        seal(account, "192.0.2.7"),
                        start,
                        start.plus(validity),
                        signIn,
                        signIn == null ? null : start,
                        signIn == null ? null : start.plus(Duration.ofDays(30)),
                        signIn == null ? null : start,
                        parent,
                        scopes));
    }

    public UUID organization(String name, UUID founder) {
        UUID organization = UUID.randomUUID();
        models.happened(
                by(founder),
                new OrganizationFounded(organization, name, "hobby", founder),
                new MemberJoined(organization, UUID.randomUUID(), founder),
                new OrganizationJoined(founder, organization));
        return organization;
    }

    public UUID membership(UUID organization, UUID account) {
        UUID membership = UUID.randomUUID();
        models.happened(
                by(account),
                new MemberJoined(organization, membership, account),
                new OrganizationJoined(account, organization));
        return membership;
    }

    public void left(UUID organization, UUID membership, UUID account) {
        models.happened(
                by(account),
                new MemberLeft(organization, membership, account),
                new OrganizationLeft(account, organization));
    }

    public UUID invitation(UUID organization, UUID inviter, String name, Duration validity) {
        return invitation(organization, inviter, name, UUID.randomUUID(), validity);
    }

    public UUID invitation(UUID organization, UUID inviter, String name, UUID link, Duration validity) {
        UUID invitation = UUID.randomUUID();
        models.happened(
                by(inviter),
                new MemberInvited(
                        organization,
                        invitation,
                        models.personalData().sealAddress(invitation, hash(name), emailOf(name)),
                        hash(name),
                        inviter,
                        link,
                        models.now().plus(validity)));
        return invitation;
    }

    public void accepted(UUID organization, UUID invitation, UUID account) {
        models.happened(by(account), new InvitationAccepted(organization, invitation, account));
    }

    public UUID token(UUID organization, UUID account, String type, String hash, @Nullable Duration validity) {
        UUID token = UUID.randomUUID();
        models.happened(
                by(account),
                new TokenIssued(
                        organization,
                        token,
                        account,
                        type,
                        seal(organization, "ci"),
                        seal(organization, "for builds"),
                        hash,
                        validity == null ? null : models.now().plus(validity),
                        null,
                        null,
                        null));
        return token;
    }

    public UUID webhook(UUID organization, UUID account, String url) {
        UUID webhook = UUID.randomUUID();
        models.happened(
                by(account),
                new WebhookCreated(
                        organization,
                        webhook,
                        seal(organization, url),
                        "credential organization_member.joined",
                        seal(organization, "ours"),
                        account));
        return webhook;
    }

    public void erased(UUID account, String name) {
        models.personalData().forget(account, hash(name));
        models.happened(by(account), new AccountErased(account, hash(name)));
    }

    public String seal(UUID subject, String clear) {
        return models.personalData().seal(subject, clear);
    }
}
