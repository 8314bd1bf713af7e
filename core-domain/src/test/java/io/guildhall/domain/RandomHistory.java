package io.guildhall.domain;

import io.guildhall.domain.invitation.InvitationCommand.AcceptInvitation;
import io.guildhall.domain.invitation.InvitationCommand.DeclineInvitation;
import io.guildhall.domain.invitation.InvitationCommand.ExpireInvitation;
import io.guildhall.domain.invitation.InvitationCommand.InviteMember;
import io.guildhall.domain.invitation.InvitationCommand.RemoveAnsweredInvitation;
import io.guildhall.domain.invitation.InvitationCommand.ResendInvitation;
import io.guildhall.domain.invitation.InvitationCommand.RevokeInvitation;
import io.guildhall.domain.membership.MembershipCommand.LeaveOrganization;
import io.guildhall.domain.membership.MembershipCommand.RemoveMember;
import io.guildhall.domain.organization.OrganizationCommand.AnswerSignupQualification;
import io.guildhall.domain.organization.OrganizationCommand.ChangePlan;
import io.guildhall.domain.organization.OrganizationCommand.CompleteDeactivation;
import io.guildhall.domain.organization.OrganizationCommand.CompleteDeletion;
import io.guildhall.domain.organization.OrganizationCommand.CreateOrganization;
import io.guildhall.domain.organization.OrganizationCommand.DeactivateOrganization;
import io.guildhall.domain.organization.OrganizationCommand.DeleteOrganization;
import io.guildhall.domain.organization.OrganizationCommand.LockOrganization;
import io.guildhall.domain.organization.OrganizationCommand.ReactivateOrganization;
import io.guildhall.domain.organization.OrganizationCommand.RequestDeactivation;
import io.guildhall.domain.organization.OrganizationCommand.SetActivityRetention;
import io.guildhall.domain.organization.OrganizationCommand.UnlockOrganization;
import io.guildhall.domain.organization.OrganizationCommand.UpdateOrganization;
import io.guildhall.domain.session.SessionCommand.EndSession;
import io.guildhall.domain.session.SessionCommand.StartSession;
import io.guildhall.domain.session.SessionDescriptor;
import io.guildhall.domain.shared.ActorContext;
import io.guildhall.domain.shared.ParentCredential;
import io.guildhall.domain.shared.SessionOrigin;
import io.guildhall.domain.token.TokenCommand.EditToken;
import io.guildhall.domain.token.TokenCommand.IssueToken;
import io.guildhall.domain.token.TokenCommand.RevokeToken;
import io.guildhall.domain.user.UserCommand.CancelEmailChange;
import io.guildhall.domain.user.UserCommand.ConfirmEmailChange;
import io.guildhall.domain.user.UserCommand.EraseUser;
import io.guildhall.domain.user.UserCommand.RaiseMembershipLimit;
import io.guildhall.domain.user.UserCommand.RequestPasswordReset;
import io.guildhall.domain.user.UserCommand.SignUp;
import io.guildhall.domain.user.UserCommand.UpdateProfile;
import io.guildhall.domain.webhook.WebhookCommand.ChangeWebhook;
import io.guildhall.domain.webhook.WebhookCommand.CreateWebhook;
import io.guildhall.domain.webhook.WebhookCommand.DeleteWebhook;
import io.guildhall.domain.webhook.WebhookCommand.DisableWebhook;
import io.guildhall.domain.webhook.WebhookCommand.RotateWebhookSecret;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.axonframework.messaging.MetaData;

/** Random commands about a few users and organizations. Many are rejected. */
final class RandomHistory {

    private static final int PEOPLE = 5;
    private static final int ORGANIZATIONS = 2;
    private static final List<String> PLANS = List.of("hobby", "starter", "startup", "enterprise", "none");

    private final Random random;
    private final List<UUID> tokens = new ArrayList<>();
    private final List<UUID> invitations = new ArrayList<>();
    private final List<UUID> memberships = new ArrayList<>();
    private final List<UUID> webhooks = new ArrayList<>();
    private final List<UUID> sessions = new ArrayList<>();

    /** The link of each user's latest requested change of address. */
    private final Map<UUID, UUID> emailChanges = new HashMap<>();

    private Instant now = Facts.NOW;

    RandomHistory(long seed) {
        random = new Random(seed);
    }

    /** A command with its time and actor. */
    record Step(Instant at, Object command, MetaData actor) {}

    Step next() {
        now = now.plus(Duration.ofMinutes(random.nextInt(600)));
        UUID person = person();
        MetaData actor = random.nextInt(5) < 3 ? ActorContext.bySystem().toMetaData() : Facts.by(person);
        return new Step(now, command(person, organization()), actor);
    }

    private Object command(UUID person, UUID organization) {
        return switch (random.nextInt(64)) {
            case 0, 1, 2 -> new SignUp(person, email(), "A Person", id(), "{bcrypt}1", id(), true, session());
            case 3 ->
                new UpdateProfile(
                        person,
                        random.nextBoolean() ? "Name " + random.nextInt(3) : null,
                        random.nextInt(4) == 0 ? email() : null,
                        id(),
                        random.nextBoolean(),
                        random.nextBoolean(),
                        id(),
                        random.nextBoolean() ? "{bcrypt}2" : null,
                        anyOf(sessions));
            case 4 -> new RaiseMembershipLimit(person, 5 + random.nextInt(3));
            case 5 -> new RequestPasswordReset(person, id());
            case 6 ->
                random.nextInt(8) == 0
                        ? new EraseUser(person, List.of(), List.of())
                        : new EndSession(person, anyOf(sessions));
            case 7, 8, 9 ->
                random.nextInt(3) > 0
                        ? new StartSession(person, session(), null, organization, "LOGIN", null, null)
                        : new StartSession(
                                person,
                                session(),
                                null,
                                null,
                                "ACCESS_TOKEN",
                                null,
                                new ParentCredential(null, null, anyOf(sessions), null, null));
            case 10, 11 -> new EndSession(person, anyOf(sessions));
            case 12, 13, 14 ->
                new CreateOrganization(organization, "name-" + random.nextInt(3), person, remembered(memberships));
            case 15 -> new UpdateOrganization(organization, "name-" + random.nextInt(3), Map.of());
            case 16 ->
                new UpdateOrganization(
                        organization,
                        null,
                        Map.of(
                                "billing_name", "Acme",
                                "billing_email", "bills@example.com",
                                "address1", "1 Road",
                                "city", "Paris",
                                "country", "FR"));
            case 17, 18, 19 -> new ChangePlan(organization, PLANS.get(random.nextInt(PLANS.size())));
            case 20 -> new SetActivityRetention(organization, (long) random.nextInt(100));
            case 21 -> new AnswerSignupQualification(organization, "{\"a\":" + random.nextInt(3) + "}");
            case 22 -> new RequestDeactivation(organization, id());
            case 23 ->
                random.nextInt(3) == 0
                        ? new DeactivateOrganization(organization)
                        : new UnlockOrganization(organization);
            case 24 -> new CompleteDeactivation(organization);
            case 25, 26, 27 -> new ReactivateOrganization(organization);
            case 28 ->
                random.nextInt(5) == 0 ? new DeleteOrganization(organization) : new CompleteDeletion(organization);
            case 29 ->
                random.nextInt(3) == 0
                        ? new LockOrganization(organization, "unpaid")
                        : new UnlockOrganization(organization);
            case 30, 31, 32, 33 -> new InviteMember(organization, remembered(invitations), email(), null, id());
            case 34, 35, 36, 37, 38 ->
                new AcceptInvitation(organization, anyOf(invitations), person, remembered(memberships), null);
            case 39 -> new DeclineInvitation(organization, anyOf(invitations), person, null);
            case 40 -> new ResendInvitation(organization, anyOf(invitations), id());
            case 41 -> new RevokeInvitation(organization, anyOf(invitations));
            case 42 -> new ExpireInvitation(organization, anyOf(invitations));
            case 43 -> new RemoveAnsweredInvitation(organization, anyOf(invitations));
            case 44, 45 -> new RemoveMember(organization, anyOf(memberships));
            case 46 -> new LeaveOrganization(organization, anyOf(memberships));
            case 47, 48, 49, 50 ->
                new IssueToken(
                        organization,
                        remembered(tokens),
                        person,
                        "USER",
                        "deploy",
                        "",
                        "hash",
                        random.nextBoolean() ? now.plus(Duration.ofDays(random.nextInt(1, 20))) : null,
                        random.nextInt(4) == 0 ? List.of("activities:read") : null,
                        null);
            case 51 -> new EditToken(organization, anyOf(tokens), "name " + random.nextInt(3), null);
            case 52 -> new RevokeToken(organization, anyOf(tokens));
            case 53, 54 ->
                new CreateWebhook(organization, remembered(webhooks), "https://example.com/a", List.of(), "");
            case 55 -> new ChangeWebhook(organization, anyOf(webhooks), "https://example.com/b", null, null, null);
            case 56 -> new DisableWebhook(organization, anyOf(webhooks), "FAILING");
            case 57 -> new ChangeWebhook(organization, anyOf(webhooks), null, null, null, true);
            case 58 -> new RotateWebhookSecret(organization, anyOf(webhooks), id());
            case 59 -> changeEmail(person);
            case 60, 61 ->
                new ConfirmEmailChange(person, emailChanges.getOrDefault(person, id()), random.nextBoolean());
            case 62 -> new CancelEmailChange(person, emailChanges.getOrDefault(person, id()));
            default -> new DeleteWebhook(organization, anyOf(webhooks));
        };
    }

    private UpdateProfile changeEmail(UUID person) {
        emailChanges.put(person, id());
        return new UpdateProfile(
                person, null, email(), emailChanges.get(person), random.nextBoolean(), null, id(), null, null);
    }

    private SessionDescriptor session() {
        return new SessionDescriptor(
                remembered(sessions),
                "hash",
                Duration.ofDays(random.nextInt(1, 10)),
                new SessionOrigin("127.0.0.1", "curl"));
    }

    private UUID person() {
        return Facts.id("person " + random.nextInt(PEOPLE));
    }

    private UUID organization() {
        return Facts.id("organization " + random.nextInt(ORGANIZATIONS));
    }

    private String email() {
        return "person-" + random.nextInt(PEOPLE) + "@example.com";
    }

    private UUID id() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    private UUID remembered(List<UUID> ids) {
        ids.add(id());
        return ids.getLast();
    }

    /** Returns one of the ids, mostly a recent one. */
    private UUID anyOf(List<UUID> ids) {
        if (ids.isEmpty()) {
            return id();
        }
        int latest = random.nextInt(4) == 0 ? ids.size() : Math.min(ids.size(), 6);
        return ids.get(ids.size() - 1 - random.nextInt(latest));
    }
}
