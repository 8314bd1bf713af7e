package io.guildhall.domain;

import static io.guildhall.domain.TransparentPersonalData.hashed;
import static io.guildhall.domain.TransparentPersonalData.sealed;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.guildhall.domain.invitation.InvitationEvent;
import io.guildhall.domain.invitation.InvitationEvent.MemberInvited;
import io.guildhall.domain.membership.MembershipEvent;
import io.guildhall.domain.membership.MembershipEvent.MemberJoined;
import io.guildhall.domain.membership.MembershipEvent.MemberRemoved;
import io.guildhall.domain.organization.NameClaimEvent;
import io.guildhall.domain.organization.NameClaimEvent.NameClaimed;
import io.guildhall.domain.organization.NameClaimEvent.NameReleased;
import io.guildhall.domain.organization.OrganizationEvent;
import io.guildhall.domain.organization.OrganizationEvent.BillingInformationProvided;
import io.guildhall.domain.organization.OrganizationEvent.DeactivationStarted;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationCreated;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationDeactivated;
import io.guildhall.domain.session.SessionEvent;
import io.guildhall.domain.session.SessionEvent.SessionStarted;
import io.guildhall.domain.shared.ActorContext;
import io.guildhall.domain.shared.ExpirationPolicy;
import io.guildhall.domain.shared.Limits;
import io.guildhall.domain.token.TokenEvent;
import io.guildhall.domain.token.TokenEvent.TokenIssued;
import io.guildhall.domain.user.EmailClaim;
import io.guildhall.domain.user.EmailClaimEvent;
import io.guildhall.domain.user.EmailClaimEvent.EmailClaimed;
import io.guildhall.domain.user.EmailClaimEvent.EmailReleased;
import io.guildhall.domain.user.SupportContact;
import io.guildhall.domain.user.UserEvent;
import io.guildhall.domain.user.UserEvent.EmailValidated;
import io.guildhall.domain.user.UserEvent.OrganizationJoined;
import io.guildhall.domain.user.UserEvent.OrganizationLeft;
import io.guildhall.domain.user.UserEvent.PasswordSet;
import io.guildhall.domain.user.UserEvent.UserSignedUp;
import io.guildhall.domain.webhook.WebhookEvent;
import io.guildhall.domain.webhook.WebhookEvent.WebhookCreated;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.axonframework.messaging.MetaData;
import org.jspecify.annotations.Nullable;

/**
 * Events before a decision: Ada has created Acme; Bob and Carol are further users. Encrypted as by {@link
 * TransparentPersonalData}.
 */
public final class Facts {

    public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    public static final ExpirationPolicy LIFETIMES = new ExpirationPolicy(
            Duration.ofDays(7), Duration.ofDays(3), Duration.ofHours(1), Duration.ofDays(1), Duration.ofDays(30));

    public static final SupportContact CONTACT = new SupportContact("help@example.org");
    public static final Limits LIMITS = new Limits(1_000, 1_000, 10, 1_000);

    public static final UUID ADA = id("ada");
    public static final UUID BOB = id("bob");
    public static final UUID CAROL = id("carol");
    public static final UUID ACME = id("acme");
    public static final UUID GLOBEX = id("globex");
    public static final UUID INVITATION = id("invitation");
    public static final UUID LINK = id("link");
    public static final UUID PASSWORD = id("password");
    public static final UUID SESSION = id("session");
    public static final UUID TOKEN = id("token");
    public static final UUID WEBHOOK = id("webhook");

    private Facts() {}

    /** Returns the same id for the same name. */
    public static UUID id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(UTF_8));
    }

    public static UUID membership(UUID organization, UUID user) {
        return id(organization + " " + user);
    }

    public static MetaData by(UUID user) {
        return ActorContext.byUser(user, null, "a-request").toMetaData();
    }

    public static MetaData through(UUID token, @Nullable UUID user) {
        return ActorContext.byUser(user, token, "a-request").toMetaData();
    }

    /** The actor in a session created with an API token. */
    public static MetaData inSessionOf(UUID token, UUID user) {
        return ActorContext.byUser(user, null, "a-request").inSessionOf(token).toMetaData();
    }

    public static MetaData byOperator() {
        return ActorContext.byOperator("a-request").toMetaData();
    }

    /** A user whose address is not validated. */
    public static List<Object> user(UUID user, String email) {
        return List.of(
                new EmailClaimed(hashed(email), user),
                new UserSignedUp(user, sealed(user, "A Person"), sealed(user, email), hashed(email)),
                new PasswordSet(user, PASSWORD, sealed(user, "{bcrypt}first"), "SIGN_UP"));
    }

    public static List<Object> validatedUser(UUID user, String email) {
        return and(user(user, email), new EmailValidated(user, hashed(email), "LINK"));
    }

    /** An organization created by Ada, on this plan. */
    public static List<Object> acme(String plan) {
        return and(validatedUser(ADA, "ada@example.com"), founded(ACME, "acme", plan, ADA));
    }

    public static List<Object> founded(UUID organization, String name, String plan, UUID creator) {
        return and(
                List.of(new OrganizationCreated(organization, name, plan, creator)),
                joined(organization, creator),
                new NameClaimed(name, organization));
    }

    public static List<Object> joined(UUID organization, UUID user) {
        return List.of(
                new MemberJoined(organization, membership(organization, user), user, "owner"),
                new OrganizationJoined(user, organization));
    }

    public static List<Object> removed(UUID organization, UUID user) {
        return List.of(
                new MemberRemoved(organization, membership(organization, user), user),
                new OrganizationLeft(user, organization));
    }

    /** Pending until 7 days after {@link #NOW}. */
    public static MemberInvited invited(UUID invitation, String email) {
        return new MemberInvited(
                ACME,
                invitation,
                sealed(invitation, email),
                hashed(email),
                ADA,
                LINK,
                NOW.plus(LIFETIMES.invitation()),
                "owner");
    }

    public static TokenIssued token(UUID token, UUID user) {
        return token(token, user, null);
    }

    public static TokenIssued token(UUID token, UUID user, @Nullable Instant expires) {
        return new TokenIssued(
                ACME,
                token,
                user,
                "USER",
                sealed(user, "deploy"),
                sealed(user, "from the pipeline"),
                "sha256",
                expires,
                null,
                null,
                null);
    }

    /** The first session of a sign-in by password at {@link #NOW}. */
    public static SessionStarted signedIn(UUID user, UUID session, Instant expires) {
        return new SessionStarted(
                user,
                session,
                "hash",
                null,
                null,
                "LOGIN",
                null,
                NOW,
                expires,
                session,
                NOW,
                NOW.plus(LIFETIMES.signIn()),
                NOW,
                null,
                null);
    }

    public static WebhookCreated webhook(UUID webhook) {
        return new WebhookCreated(
                ACME,
                webhook,
                sealed(ACME, "https://example.com/hook"),
                "credential organization_member.joined",
                sealed(ACME, "ours"),
                ADA);
    }

    /** Complete billing information. */
    public static BillingInformationProvided billingInformation() {
        return new BillingInformationProvided(
                ACME,
                sealed(
                        ACME,
                        "address1=1 Road\nbilling_email=bills@example.com\nbilling_name=Acme\ncity=Paris\ncountry=FR"),
                true);
    }

    public static List<Object> deactivated() {
        return List.of(new DeactivationStarted(ACME, "REQUESTED_BY_OWNER"), new OrganizationDeactivated(ACME));
    }

    public static List<Object> and(Object... facts) {
        return flat(facts).toList();
    }

    /** Returns the events of one stream, for a fixture of a single aggregate. */
    public static List<Object> of(UUID stream, Object... facts) {
        return flat(facts)
                .filter(fact -> streamOf(fact).equals(stream.toString()))
                .toList();
    }

    /** Returns the stream to which an event belongs. */
    public static String streamOf(Object event) {
        return switch (event) {
            case UserEvent it -> it.user().toString();
            case SessionEvent it -> it.user().toString();
            case OrganizationEvent it -> it.organization().toString();
            case InvitationEvent it -> it.organization().toString();
            case MembershipEvent it -> it.organization().toString();
            case TokenEvent it -> it.organization().toString();
            case WebhookEvent it -> it.organization().toString();
            case EmailClaimEvent it ->
                switch (it) {
                    case EmailClaimed claimed -> EmailClaim.streamOf(claimed.emailHash());
                    case EmailReleased released -> EmailClaim.streamOf(released.emailHash());
                };
            case NameClaimEvent it ->
                switch (it) {
                    case NameClaimed claimed -> "name:" + claimed.name();
                    case NameReleased released -> "name:" + released.name();
                };
            default -> throw new IllegalArgumentException("No event: " + event);
        };
    }

    private static Stream<Object> flat(Object... facts) {
        return Stream.of(facts)
                .flatMap(fact -> fact instanceof Collection<?> several ? several.stream() : Stream.of(fact));
    }
}
