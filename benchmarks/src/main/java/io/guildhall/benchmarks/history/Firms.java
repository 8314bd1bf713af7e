package io.guildhall.benchmarks.history;

import io.guildhall.benchmarks.history.Firm.Former;
import io.guildhall.benchmarks.history.Firm.Invitation;
import io.guildhall.benchmarks.history.Firm.Member;
import io.guildhall.benchmarks.history.Firm.Token;
import io.guildhall.benchmarks.history.Firm.Webhook;
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
import io.guildhall.domain.organization.OrganizationEvent.BillingInformationProvided;
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
import io.guildhall.domain.token.TokenEvent.TokenDeactivated;
import io.guildhall.domain.token.TokenEvent.TokenEdited;
import io.guildhall.domain.token.TokenEvent.TokenIssued;
import io.guildhall.domain.token.TokenEvent.TokenReactivated;
import io.guildhall.domain.token.TokenEvent.TokenRevoked;
import io.guildhall.domain.user.UserEvent.OrganizationJoined;
import io.guildhall.domain.user.UserEvent.OrganizationLeft;
import io.guildhall.domain.webhook.WebhookEvent.WebhookChanged;
import io.guildhall.domain.webhook.WebhookEvent.WebhookCreated;
import io.guildhall.domain.webhook.WebhookEvent.WebhookDeleted;
import io.guildhall.domain.webhook.WebhookEvent.WebhookDisabled;
import io.guildhall.domain.webhook.WebhookEvent.WebhookEnabled;
import io.guildhall.domain.webhook.WebhookEvent.WebhookSecretRotated;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is done in organizations; each method is what one command appends. Long for its kinds of events, of which none is hard. */
final class Firms {

    private static final Duration INVITATION = Duration.ofDays(7);
    private static final List<String> PLANS = List.of("scale", "business", "enterprise");
    private static final int WEBHOOKS = 20;

    private final Chronicle chronicle;
    private long founded;

    Firms(Chronicle chronicle) {
        this.chronicle = chronicle;
    }

    Firm found(Person creator) {
        String name = newName();
        var firm = new Firm(chronicle.id(), name, new Line("name:" + name, "NameClaim"));
        chronicle.write(firm.stream, new OrganizationCreated(firm.id, name, firm.plan, creator.user));
        join(firm, creator);
        chronicle.write(firm.claim, new NameClaimed(name, firm.id));
        return firm;
    }

    void rename(Firm firm) {
        String name = newName();
        chronicle.write(firm.claim, new NameReleased(firm.name, firm.id));
        firm.claim = new Line("name:" + name, "NameClaim");
        chronicle.write(firm.claim, new NameClaimed(name, firm.id));
        chronicle.write(firm.stream, new OrganizationRenamed(firm.id, firm.name, name));
        firm.name = name;
    }

    void giveBilling(Firm firm) {
        String fields =
                "address1=%d Road\nbilling_email=bills@%s.example\nbilling_name=%s\ncity=Paris\ncountry=FR\nvat_number=FR%d"
                        .formatted(chronicle.upTo(999), firm.name, firm.name, chronicle.upTo(1 << 30));
        chronicle.write(firm.stream, new BillingInformationProvided(firm.id, seal(firm, fields), true));
    }

    void choosePlan(Firm firm) {
        String plan = chronicle.any(PLANS);
        if (!plan.equals(firm.plan)) {
            chronicle.write(firm.stream, new PlanChanged(firm.id, firm.plan, plan));
            firm.plan = plan;
        }
    }

    void answer(Firm firm) {
        String answers = "{\"team\":%d,\"what\":\"%s\"}".formatted(chronicle.upTo(500), chronicle.any(Words.THINGS));
        chronicle.write(firm.stream, new SignupQualificationAnswered(firm.id, seal(firm, answers)));
    }

    /** @param person who has that address, if that is known */
    void invite(Firm firm, Person inviter, String email, @Nullable Person person) {
        String hash = person == null ? chronicle.personalData().emailHash(email) : person.emailHash;
        var invitation =
                new Invitation(chronicle.id(), email, hash, chronicle.now().plus(INVITATION), person);
        chronicle.write(
                firm.stream,
                new MemberInvited(
                        firm.id,
                        invitation.id(),
                        chronicle.personalData().encryptEmail(invitation.id(), firm.id, hash, email),
                        hash,
                        inviter.user,
                        chronicle.id(),
                        invitation.expiresAt(),
                        "owner"));
        firm.invitations.add(invitation);
    }

    void resend(Firm firm, Invitation invitation) {
        Instant expires = chronicle.now().plus(INVITATION);
        firm.invitations.remove(invitation);
        firm.invitations.add(new Invitation(
                invitation.id(), invitation.email(), invitation.emailHash(), expires, invitation.person()));
        chronicle.write(firm.stream, new InvitationResent(firm.id, invitation.id(), chronicle.id(), expires));
    }

    void accept(Firm firm, Invitation invitation, Person person) {
        firm.invitations.remove(invitation);
        chronicle.write(firm.stream, new InvitationAccepted(firm.id, invitation.id(), person.user));
        join(firm, person);
        firm.former.removeIf(former -> {
            boolean back = former.person() == person;
            if (back) {
                firm.tokens.addAll(former.tokens());
                former.tokens()
                        .forEach(token ->
                                chronicle.write(firm.stream, new TokenReactivated(firm.id, token.id(), person.user)));
            }
            return back;
        });
    }

    void decline(Firm firm, Invitation invitation, Person person) {
        firm.invitations.remove(invitation);
        chronicle.write(firm.stream, new InvitationDeclined(firm.id, invitation.id(), person.user));
    }

    void revoke(Firm firm, Invitation invitation) {
        firm.invitations.remove(invitation);
        chronicle.write(firm.stream, new InvitationRevoked(firm.id, invitation.id()));
    }

    void expire(Firm firm, Invitation invitation) {
        firm.invitations.remove(invitation);
        chronicle.write(firm.stream, new InvitationExpired(firm.id, invitation.id()));
    }

    void end(Firm firm, Member member, boolean ofOwnAccord) {
        firm.members.remove(member);
        Person person = member.person();
        person.organizations.remove(firm.id);
        chronicle.write(
                firm.stream,
                ofOwnAccord
                        ? new MemberLeft(firm.id, member.membership(), person.user)
                        : new MemberRemoved(firm.id, member.membership(), person.user));
        List<Token> tokens =
                firm.tokens.stream().filter(token -> token.person() == person).toList();
        firm.tokens.removeAll(tokens);
        tokens.forEach(token -> chronicle.write(
                firm.stream, new TokenDeactivated(firm.id, token.id(), person.user, "MEMBERSHIP_ENDED")));
        firm.former.add(new Former(person, tokens));
        chronicle.write(person.stream, new OrganizationLeft(person.user, firm.id));
    }

    void issue(Firm firm, Person person) {
        var token = new Token(chronicle.id(), person);
        firm.tokens.add(token);
        boolean limited = chronicle.chance(0.1);
        chronicle.write(
                firm.stream,
                new TokenIssued(
                        firm.id,
                        token.id(),
                        person.user,
                        chronicle.chance(0.7) ? "USER" : "ORGANIZATION",
                        seal(person, chronicle.any(Words.PURPOSES)),
                        seal(person, chronicle.chance(0.5) ? chronicle.any(Words.PURPOSES) : ""),
                        chronicle.hash(),
                        chronicle.chance(0.3) ? chronicle.now().plus(Duration.ofDays(90)) : null,
                        limited ? List.of("activities:read") : null,
                        null,
                        null));
    }

    void describe(Firm firm, Token token) {
        chronicle.write(
                firm.stream,
                new TokenEdited(
                        firm.id,
                        token.id(),
                        token.person().user,
                        seal(token.person(), chronicle.any(Words.PURPOSES)),
                        seal(token.person(), "since " + chronicle.now())));
    }

    void revoke(Firm firm, Token token) {
        firm.tokens.remove(token);
        chronicle.write(firm.stream, new TokenRevoked(firm.id, token.id(), token.person().user, "REVOKED"));
    }

    void createWebhook(Firm firm) {
        if (firm.webhooks.size() < WEBHOOKS) {
            var webhook = new Webhook(chronicle.id(), true);
            firm.webhooks.add(webhook);
            chronicle.write(
                    firm.stream,
                    new WebhookCreated(
                            firm.id,
                            webhook.id(),
                            seal(firm, url(firm)),
                            chronicle.any(Words.TYPES),
                            seal(firm, "ours"),
                            null));
        }
    }

    /** Something that can be done with one that there is. */
    void keepWebhook(Firm firm, Webhook webhook) {
        switch (chronicle.upTo(5)) {
            case 0, 1 ->
                chronicle.write(
                        firm.stream,
                        new WebhookChanged(
                                firm.id,
                                webhook.id(),
                                seal(firm, url(firm)),
                                chronicle.any(Words.TYPES),
                                seal(firm, chronicle.any(Words.PURPOSES)),
                                null));
            case 2 -> chronicle.write(firm.stream, new WebhookSecretRotated(firm.id, webhook.id(), chronicle.id()));
            case 3 -> {
                firm.webhooks.remove(webhook);
                firm.webhooks.add(new Webhook(webhook.id(), !webhook.enabled()));
                chronicle.write(
                        firm.stream,
                        webhook.enabled()
                                ? new WebhookDisabled(firm.id, webhook.id(), "BY_MEMBER")
                                : new WebhookEnabled(firm.id, webhook.id(), null));
            }
            default -> {
                firm.webhooks.remove(webhook);
                chronicle.write(firm.stream, new WebhookDeleted(firm.id, webhook.id()));
            }
        }
    }

    void lockForAWhile(Firm firm) {
        chronicle.write(firm.stream, new OrganizationLocked(firm.id, seal(firm, "unpaid")));
        chronicle.write(firm.stream, new OrganizationUnlocked(firm.id));
    }

    void deactivate(Firm firm) {
        chronicle.write(
                firm.stream,
                new DeactivationRequested(
                        firm.id, chronicle.id(), chronicle.now().plus(Duration.ofDays(1))));
        chronicle.write(firm.stream, new DeactivationStarted(firm.id, "REQUESTED_BY_OWNER"));
        Stream.concat(firm.tokens.stream(), firm.former.stream().flatMap(former -> former.tokens().stream()))
                .forEach(token -> chronicle.write(
                        firm.stream, new TokenRevoked(firm.id, token.id(), token.person().user, "DEACTIVATION")));
        firm.tokens.clear();
        firm.former.clear();
        chronicle.write(firm.stream, new OrganizationDeactivated(firm.id));
    }

    void reactivate(Firm firm) {
        chronicle.write(firm.stream, new OrganizationReactivated(firm.id));
    }

    /** One that is deactivated. */
    void delete(Firm firm) {
        chronicle.write(firm.stream, new DeletionStarted(firm.id));
        List.copyOf(firm.invitations).forEach(invitation -> revoke(firm, invitation));
        firm.webhooks.forEach(webhook -> chronicle.write(firm.stream, new WebhookDeleted(firm.id, webhook.id())));
        firm.webhooks.clear();
        List.copyOf(firm.members).forEach(member -> end(firm, member, false));
        chronicle.write(firm.stream, new OrganizationDeleted(firm.id, firm.name));
        chronicle.personalData().forget(firm.id, null);
        chronicle.write(firm.claim, new NameReleased(firm.name, firm.id));
    }

    private void join(Firm firm, Person person) {
        var member = new Member(chronicle.id(), person);
        firm.members.add(member);
        person.organizations.add(firm.id);
        chronicle.write(firm.stream, new MemberJoined(firm.id, member.membership(), person.user, "owner"));
        chronicle.write(person.stream, new OrganizationJoined(person.user, firm.id));
    }

    private String newName() {
        return chronicle.any(Words.THINGS) + "-" + founded++;
    }

    private String url(Firm firm) {
        return "https://hooks.%s.example/in?key=%s".formatted(firm.name, chronicle.hash());
    }

    private String seal(Person person, String clear) {
        return chronicle.personalData().seal(person.user, clear);
    }

    private String seal(Firm firm, String clear) {
        return chronicle.personalData().seal(firm.id, clear);
    }
}
