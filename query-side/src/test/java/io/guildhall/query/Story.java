package io.guildhall.query;

import io.guildhall.domain.invitation.InvitationEvent.InvitationAccepted;
import io.guildhall.domain.invitation.InvitationEvent.MemberInvited;
import io.guildhall.domain.membership.MembershipEvent.MemberJoined;
import io.guildhall.domain.membership.MembershipEvent.MemberLeft;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationCreated;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationDeleted;
import io.guildhall.domain.session.SessionEvent.SessionStarted;
import io.guildhall.domain.shared.ActorContext;
import io.guildhall.domain.token.TokenEvent.TokenIssued;
import io.guildhall.domain.user.UserEvent.EmailValidated;
import io.guildhall.domain.user.UserEvent.OrganizationJoined;
import io.guildhall.domain.user.UserEvent.OrganizationLeft;
import io.guildhall.domain.user.UserEvent.PasswordSet;
import io.guildhall.domain.user.UserEvent.UserErased;
import io.guildhall.domain.user.UserEvent.UserSignedUp;
import io.guildhall.domain.webhook.WebhookEvent.WebhookCreated;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Publishes the events of common commands. */
public final class Story {

    private final ReadModels models;

    public Story(ReadModels models) {
        this.models = models;
    }

    public static ActorContext by(UUID user) {
        return ActorContext.byUser(user, null, null);
    }

    public static String emailOf(String name) {
        return name.toLowerCase(Locale.ROOT).replace(' ', '.') + "@example.org";
    }

    public String hash(String name) {
        return models.personalData().emailHash(emailOf(name));
    }

    /** A user with a validated address. */
    public UUID person(String name) {
        UUID user = unproven(name);
        models.happened(by(user), new EmailValidated(user, hash(name), "LINK"));
        return user;
    }

    /** A user whose address is not validated. */
    public UUID unproven(String name) {
        UUID user = UUID.randomUUID();
        models.happened(
                by(user),
                new UserSignedUp(user, seal(user, name), seal(user, emailOf(name)), hash(name)),
                new PasswordSet(user, UUID.randomUUID(), seal(user, "encoded:" + name), "SIGN_UP"));
        return user;
    }

    public UUID session(
            UUID user, @Nullable UUID organization, @Nullable UUID sessionToken, String hash, Duration validity) {
        UUID session = UUID.randomUUID();
        session(
                user,
                session,
                organization,
                sessionToken,
                "LOGIN",
                hash,
                validity,
                sessionToken == null ? session : null,
                null,
                null);
        return session;
    }

    /** A session with all properties. */
    public void session(
            UUID user,
            UUID session,
            @Nullable UUID organization,
            @Nullable UUID sessionToken,
            String cause,
            String hash,
            Duration validity,
            @Nullable UUID signIn,
            @Nullable UUID parent,
            @Nullable List<String> scopes) {
        Instant start = models.now();
        models.happened(
                by(user),
                new SessionStarted(
                        user,
                        session,
                        hash,
                        organization,
                        sessionToken,
                        cause,
                        seal(user, "192.0.2.7\nFirefox on Linux"),
                        start,
                        start.plus(validity),
                        signIn,
                        signIn == null ? null : start,
                        signIn == null ? null : start.plus(Duration.ofDays(30)),
                        signIn == null ? null : start,
                        parent,
                        scopes));
    }

    public UUID organization(String name, UUID creator) {
        UUID organization = UUID.randomUUID();
        models.happened(
                by(creator),
                new OrganizationCreated(organization, name, "hobby", creator),
                new MemberJoined(organization, UUID.randomUUID(), creator, "owner"),
                new OrganizationJoined(creator, organization));
        return organization;
    }

    public UUID membership(UUID organization, UUID user) {
        UUID membership = UUID.randomUUID();
        models.happened(
                by(user),
                new MemberJoined(organization, membership, user, "owner"),
                new OrganizationJoined(user, organization));
        return membership;
    }

    public void left(UUID organization, UUID membership, UUID user) {
        models.happened(
                by(user), new MemberLeft(organization, membership, user), new OrganizationLeft(user, organization));
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
                        models.personalData().encryptEmail(invitation, organization, hash(name), emailOf(name)),
                        hash(name),
                        inviter,
                        link,
                        models.now().plus(validity),
                        "owner"));
        return invitation;
    }

    public void accepted(UUID organization, UUID invitation, UUID user) {
        models.happened(by(user), new InvitationAccepted(organization, invitation, user));
    }

    public UUID token(UUID organization, UUID user, String type, String hash, @Nullable Duration validity) {
        UUID token = UUID.randomUUID();
        models.happened(
                by(user),
                new TokenIssued(
                        organization,
                        token,
                        user,
                        type,
                        seal(user, "ci"),
                        seal(user, "for builds"),
                        hash,
                        validity == null ? null : models.now().plus(validity),
                        null,
                        null,
                        null));
        return token;
    }

    public UUID webhook(UUID organization, UUID user, String url) {
        UUID webhook = UUID.randomUUID();
        models.happened(
                by(user),
                new WebhookCreated(
                        organization,
                        webhook,
                        seal(organization, url),
                        "credential organization_member.joined",
                        seal(organization, "ours"),
                        user));
        return webhook;
    }

    public void erased(UUID user, String name) {
        models.personalData().forget(user, hash(name));
        models.happened(by(user), new UserErased(user, hash(name)));
    }

    public void deleted(UUID organization, String name) {
        models.personalData().forget(organization, null);
        models.happened(ActorContext.bySystem(), new OrganizationDeleted(organization, name));
    }

    public String seal(UUID subject, String clear) {
        return models.personalData().seal(subject, clear);
    }
}
