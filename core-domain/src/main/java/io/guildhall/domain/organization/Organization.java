package io.guildhall.domain.organization;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.guildhall.domain.invitation.InvitationCommand.AcceptInvitation;
import io.guildhall.domain.invitation.InvitationCommand.InviteMember;
import io.guildhall.domain.invitation.InvitationCommand.ResendInvitation;
import io.guildhall.domain.invitation.InvitationRejections;
import io.guildhall.domain.invitation.Invitations;
import io.guildhall.domain.membership.Members;
import io.guildhall.domain.membership.MembershipRejections;
import io.guildhall.domain.organization.Lifecycle.Status;
import io.guildhall.domain.organization.OrganizationCommand.CreateOrganization;
import io.guildhall.domain.organization.OrganizationEvent.ActivityRetentionSet;
import io.guildhall.domain.organization.OrganizationEvent.BillingInformationProvided;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationCreated;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationRenamed;
import io.guildhall.domain.organization.OrganizationEvent.PlanChanged;
import io.guildhall.domain.organization.OrganizationEvent.SignupQualificationAnswered;
import io.guildhall.domain.plan.Plan;
import io.guildhall.domain.plan.PlanCatalog;
import io.guildhall.domain.session.SessionRejections;
import io.guildhall.domain.shared.ActorContext;
import io.guildhall.domain.shared.DomainRejectionException;
import io.guildhall.domain.shared.PersonalDataCipher;
import io.guildhall.domain.shared.Snapshottable;
import io.guildhall.domain.token.TokenCommand.EditToken;
import io.guildhall.domain.token.TokenCommand.IssueToken;
import io.guildhall.domain.token.Tokens;
import io.guildhall.domain.user.EmailAddress;
import io.guildhall.domain.webhook.WebhookCommand.ChangeWebhook;
import io.guildhall.domain.webhook.WebhookCommand.CreateWebhook;
import io.guildhall.domain.webhook.Webhooks;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.UUID;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateMember;
import org.jspecify.annotations.Nullable;

/**
 * An organization with its members, invitations, API tokens and webhooks in one stream, so that rules over several of
 * them hold in one decision (R9: seats; R16: last member; R17: tokens end with the membership).
 */
public class Organization implements Snapshottable {

    /** 100 years. */
    private static final long MAX_RETENTION_DAYS = 36_500;

    @AggregateIdentifier
    private String stream;

    private UUID id;
    private String name;
    private String plan;
    private int activityRetention;
    private @Nullable String encryptedBilling;
    private boolean billingComplete;
    private @Nullable String encryptedAnswers;

    @AggregateMember
    private final Lifecycle lifecycle = new Lifecycle();

    @AggregateMember
    private final Members members = new Members();

    @AggregateMember
    private final Invitations invitations = new Invitations();

    @AggregateMember
    private final Tokens tokens = new Tokens();

    @AggregateMember
    private final Webhooks webhooks = new Webhooks();

    Organization() {}

    /** Creates an organization (R5: the creator is its first member). */
    static Organization create(CreateOrganization command, OrganizationName name, String plan) {
        var organization = new Organization();
        apply(new OrganizationCreated(command.organization(), name.value(), plan, command.creator()));
        organization.members.join(command.organization(), command.membership(), command.creator());
        return organization;
    }

    String name() {
        return name;
    }

    /**
     * Rejects an actor who is not a member now or whose token is not valid now (R15: members act; R17: tokens end with
     * the membership). A request authorized before a removal therefore changes nothing after it.
     */
    Organization requireActor(ActorContext actor, Instant now) {
        if (lifecycle.is(Status.DELETED)) {
            throw new DomainRejectionException(OrganizationRejections.NO_SUCH_ORGANIZATION);
        }
        if (actor.type() == ActorContext.Type.USER
                && (actor.user() == null && actor.token() == null
                        || actor.user() != null && !members.includes(actor.user())
                        || actor.effectiveToken() != null && !tokens.isActive(actor.effectiveToken(), now))) {
            throw new DomainRejectionException(MembershipRejections.NOT_A_MEMBER);
        }
        if (actor.effectiveToken() != null) {
            tokens.requireUnlimited(actor.effectiveToken());
        }
        return this;
    }

    /**
     * Rejects commands while the organization is deactivated or locked (R21: only reactivation and deletion are
     * possible).
     */
    Organization requireActive() {
        lifecycle.requireActive();
        return this;
    }

    /** Rejects if no seat is free (R9: members plus pending invitations never exceed the plan's seats). */
    private void requireFreeSeat(PlanCatalog plans, Instant now) {
        Plan current = require(plan, plans);
        if (!current.allowsSeats(seatsInUse(now) + 1)) {
            throw new DomainRejectionException(
                    InvitationRejections.seatsExhausted(plan, current.seats() == null ? 0 : current.seats()));
        }
    }

    private int seatsInUse(Instant now) {
        return members.count() + invitations.pending(now);
    }

    /**
     * Removes a member (R15: any member may remove any member), also while the organization is deactivated, but not
     * while it is locked.
     *
     * @return the former member; empty if the membership had already ended
     */
    Optional<UUID> removeMember(UUID membership) {
        lifecycle.requireNotDeleted();
        if (members.hasEnded(membership)) {
            return Optional.empty();
        }
        UUID user = members.userOf(membership);
        lifecycle.requireUnlocked();
        members.requireAnother();
        members.remove(id, membership);
        endAccessOf(user, "MEMBERSHIP_ENDED");
        return Optional.of(user);
    }

    /**
     * Ends the acting user's own membership (R15: any member may leave), also while the organization is deactivated or
     * locked.
     *
     * @return the former member; empty if the membership had already ended
     */
    Optional<UUID> leave(UUID membership, @Nullable UUID actor) {
        lifecycle.requireNotDeleted();
        if (members.hasEnded(membership)) {
            return Optional.empty();
        }
        UUID user = members.userOf(membership);
        if (!user.equals(actor)) {
            throw new DomainRejectionException(MembershipRejections.NO_SUCH_MEMBERSHIP);
        }
        members.requireAnother();
        members.leave(id, membership);
        endAccessOf(user, "MEMBERSHIP_ENDED");
        return Optional.of(user);
    }

    /** Deactivates the member's tokens and webhooks (R17: tokens end with the membership). */
    private void endAccessOf(UUID user, String reason) {
        tokens.deactivateAllOf(id, user, reason);
        webhooks.disableAllOf(id, user);
    }

    /** Ends the membership of a user whom an operator erases. Deletes the organization if no member is left. */
    void eraseMember(UUID user) {
        UUID membership = members.membershipOf(user);
        if (membership == null) {
            return;
        }
        members.remove(id, membership);
        endAccessOf(user, "ERASED");
        if (members.count() == 0) {
            deleteAfterLastMemberErased();
        }
    }

    /**
     * Invites an address if a seat is free (R9).
     *
     * @param holder the user of this address, or null
     */
    void invite(
            InviteMember command,
            EmailAddress email,
            @Nullable UUID holder,
            InvitationPolicy policy,
            PersonalDataCipher personalData,
            Instant now) {
        String hash = personalData.emailHash(email.value());
        requireInvitable(hash, holder, policy, now);
        invitations.invite(
                command, email.value(), hash, now.plus(policy.validity()), policy.maxPending(), personalData, now);
    }

    /**
     * Resends an unanswered invitation (R12: with a new expiry). An expired one needs a free seat again.
     *
     * @param holder the user of this address, or null
     */
    void resendInvitation(ResendInvitation command, @Nullable UUID holder, InvitationPolicy policy, Instant now) {
        invitations.requireUnanswered(command.invitation());
        if (!invitations.isPending(command.invitation(), now)) {
            requireInvitable(invitations.emailHashOf(command.invitation()), holder, policy, now);
        }
        invitations.resend(command, now.plus(policy.validity()));
    }

    private void requireInvitable(String emailHash, @Nullable UUID holder, InvitationPolicy policy, Instant now) {
        if (members.includes(holder)) {
            throw new DomainRejectionException(InvitationRejections.ALREADY_A_MEMBER);
        }
        invitations.requireNoneFor(emailHash, now);
        requireFreeSeat(policy.plans(), now);
        invitations.requireFewerPendingThan(policy.maxPending(), now);
    }

    String emailHashOf(UUID invitation) {
        return invitations.emailHashOf(invitation);
    }

    void revokeInvitation(UUID invitation) {
        invitations.revoke(id, invitation);
    }

    void removeAnsweredInvitation(UUID invitation) {
        invitations.remove(id, invitation);
    }

    void expireInvitation(UUID invitation, Instant now) {
        invitations.expire(id, invitation, now);
    }

    void endErasedInvitation(UUID invitation) {
        invitations.endErased(id, invitation);
    }

    /** Whether the user has already accepted and is still a member; accepting again then does nothing (R13). */
    boolean hasAccepted(UUID invitation, UUID user) {
        boolean accepted = invitations.wasAcceptedBy(invitation, user);
        if (accepted && !members.includes(user)) {
            throw new DomainRejectionException(InvitationRejections.MEMBERSHIP_ENDED);
        }
        return accepted;
    }

    boolean hasDeclined(UUID invitation, UUID user) {
        return invitations.wasDeclinedBy(invitation, user);
    }

    /**
     * Rejects a user whose address is not the invitation's (R13: accepting needs the invited address). With the mailed
     * link the rejection says that it was sent to another address; without it, that the invitation does not exist.
     *
     * @param emailHash of the user's address
     * @return whether it is the mailed link, which validates the address (R2)
     */
    boolean requireInvited(UUID invitation, @Nullable UUID link, String emailHash) {
        boolean byLink = invitations.hasLink(invitation, link);
        if (!emailHash.equals(invitations.emailHashOf(invitation))) {
            throw new DomainRejectionException(
                    byLink ? InvitationRejections.SENT_TO_ANOTHER_ADDRESS : InvitationRejections.NO_SUCH_INVITATION);
        }
        return byLink;
    }

    void requireAcceptable(UUID invitation, UUID user, Instant now) {
        if (members.includes(user)) {
            throw new DomainRejectionException(InvitationRejections.ALREADY_A_MEMBER);
        }
        invitations.requirePending(invitation, now);
        lifecycle.requireNotDeleted();
        if (!lifecycle.isUsable()) {
            throw new DomainRejectionException(InvitationRejections.ORGANIZATION_NOT_JOINABLE);
        }
    }

    /**
     * Accepts an invitation: the user becomes a member (R13), and tokens of a former membership are reactivated (R17).
     */
    void acceptInvitation(AcceptInvitation command, Instant now) {
        requireAcceptable(command.invitation(), command.user(), now);
        invitations.accept(id, command.invitation(), command.user(), now);
        members.join(id, command.membership(), command.user());
        tokens.reactivateAllOf(id, command.user(), now);
    }

    void declineInvitation(UUID invitation, UUID user, Instant now) {
        invitations.decline(id, invitation, user, now);
    }

    void issueToken(IssueToken command, ActorContext actor, int max, PersonalDataCipher personalData, Instant now) {
        if (!members.includes(command.user())) {
            throw new DomainRejectionException(MembershipRejections.NOT_A_MEMBER);
        }
        if (command.parent() != null && !id.equals(command.parent().organization())) {
            throw new DomainRejectionException(SessionRejections.BOUND_TO_ORGANIZATION);
        }
        tokens.issue(command, actor.effectiveToken(), max, now, personalData);
    }

    void editToken(EditToken command, PersonalDataCipher personalData) {
        tokens.edit(command, personalData);
    }

    void revokeToken(UUID token) {
        tokens.revoke(id, token);
    }

    void createWebhook(CreateWebhook command, ActorContext actor, int max, PersonalDataCipher personalData) {
        webhooks.create(command, responsibleMember(actor), max, personalData);
    }

    void changeWebhook(ChangeWebhook command, ActorContext actor, PersonalDataCipher personalData) {
        webhooks.change(command, responsibleMember(actor), personalData);
    }

    void rotateWebhookSecret(UUID webhook, UUID secret) {
        webhooks.rotateSecret(id, webhook, secret);
    }

    void disableWebhook(UUID webhook, String reason) {
        webhooks.disable(id, webhook, reason);
    }

    void deleteWebhook(UUID webhook) {
        webhooks.delete(id, webhook);
    }

    /** Returns the acting user, or the creator of the acting ORGANIZATION token; null for the system. */
    private @Nullable UUID responsibleMember(ActorContext actor) {
        return actor.user() == null && actor.token() != null ? tokens.userOf(actor.token()) : actor.user();
    }

    void rename(OrganizationName next) {
        requireActive();
        if (!next.value().equals(name)) {
            apply(new OrganizationRenamed(id, name, next.value()));
        }
    }

    /**
     * Changes billing fields; null removes one. Complete billing information cannot become incomplete under a plan with
     * a price (R8). A new organization can provide it field by field, whatever its plan.
     */
    void provideBillingInformation(
            Map<String, @Nullable String> change, PlanCatalog plans, PersonalDataCipher personalData) {
        var current = billing(personalData);
        var fields = BillingFields.changed(current, change);
        if (fields.equals(current)) {
            return;
        }
        boolean complete = BillingFields.missing(fields).isEmpty();
        if (billingComplete && !complete && require(plan, plans).priced()) {
            throw new DomainRejectionException(OrganizationRejections.billingInformationRequired(plan));
        }
        apply(new BillingInformationProvided(id, personalData.seal(id, BillingFields.format(fields)), complete));
    }

    private SequencedMap<String, String> billing(PersonalDataCipher personalData) {
        return BillingFields.parse(personalData.open(id, encryptedBilling));
    }

    void answerSignupQualification(String answers, PersonalDataCipher personalData) {
        if (!answers.equals(personalData.open(id, encryptedAnswers))) {
            apply(new SignupQualificationAnswered(id, personalData.seal(id, answers)));
        }
    }

    /**
     * Changes the plan (R8: a plan with a price needs billing information; R10: no plan with fewer seats than are in
     * use).
     */
    void changePlan(String requested, PlanCatalog plans, PersonalDataCipher personalData, Instant now) {
        Plan next = require(requested, plans);
        if (requested.equals(plan)) {
            return;
        }
        if (next.priced() && !billingComplete) {
            throw new DomainRejectionException(OrganizationRejections.billingInformationMissing(
                    requested, BillingFields.missing(billing(personalData))));
        }
        if (next.seats() != null && !next.allowsSeats(seatsInUse(now))) {
            throw new DomainRejectionException(OrganizationRejections.seatsInUse(
                    requested, next.seats(), members.count(), invitations.pending(now)));
        }
        apply(new PlanChanged(id, plan, requested));
    }

    /** Sets the retention of activities. A plan chosen later with a shorter retention takes precedence. */
    void setActivityRetention(@Nullable Long days, PlanCatalog plans) {
        if (days != null && days < 1) {
            throw new DomainRejectionException(OrganizationRejections.ACTIVITY_RETENTION_TOO_SHORT);
        }
        Long limit = require(plan, plans).activityRetention();
        long max = limit == null ? MAX_RETENTION_DAYS : limit;
        if (days != null && days > max) {
            throw new DomainRejectionException(OrganizationRejections.activityRetentionBeyondPlan(plan, max));
        }
        int chosen = days == null ? 0 : days.intValue();
        if (chosen != activityRetention) {
            apply(new ActivityRetentionSet(id, activityRetention, chosen));
        }
    }

    private static Plan require(String plan, PlanCatalog plans) {
        Plan found = plans.find(plan);
        if (found == null) {
            throw new DomainRejectionException(OrganizationRejections.noSuchPlan(plans.ids()));
        }
        return found;
    }

    void requestDeactivation(UUID link, Instant expires) {
        lifecycle.requestDeactivation(id, link, expires);
    }

    void confirmDeactivation(UUID link, Instant now) {
        lifecycle.confirmDeactivation(id, link, now);
    }

    void cancelDeactivation(UUID link, Instant now) {
        lifecycle.cancelDeactivation(id, link, now);
    }

    void startDeactivation() {
        lifecycle.startDeactivation(id);
    }

    /** Completes a deactivation (R21: API tokens are deleted; members, trail and billing stay). */
    void completeDeactivation() {
        if (lifecycle.is(Status.DEACTIVATING)) {
            tokens.revokeAll(id);
            lifecycle.completeDeactivation(id);
        }
    }

    void reactivate() {
        lifecycle.reactivate(id);
    }

    void startDeletion() {
        if (lifecycle.startDeletion(id)) {
            endInvitationsAndWebhooks();
        }
    }

    /**
     * Starts deactivation and deletion in one step, even if the organization is locked, as no member is left to do so.
     */
    private void deleteAfterLastMemberErased() {
        lifecycle.startDeactivationWithoutMembers(id);
        completeDeactivation();
        if (lifecycle.startDeletionWithoutMembers(id)) {
            endInvitationsAndWebhooks();
        }
    }

    private void endInvitationsAndWebhooks() {
        invitations.revokeAll(id);
        webhooks.deleteAll(id);
    }

    /**
     * Ends the oldest membership during a deletion (R22).
     *
     * @return the former member; empty if no deletion is running or no member is left
     */
    Optional<UUID> removeNextMember() {
        UUID membership = lifecycle.is(Status.DELETING) ? members.firstMembershipId() : null;
        if (membership == null) {
            return Optional.empty();
        }
        UUID user = members.userOf(membership);
        members.remove(id, membership);
        return Optional.of(user);
    }

    /**
     * Completes a deletion when no member is left (R22).
     *
     * @return whether this call completed it
     */
    boolean completeDeletion() {
        return members.count() == 0 && lifecycle.completeDeletion(id, name);
    }

    void lock(String reason, PersonalDataCipher personalData) {
        lifecycle.lock(id, reason, personalData);
    }

    void unlock() {
        lifecycle.unlock(id);
    }

    @Override
    public OrganizationSnapshot snapshot() {
        return new OrganizationSnapshot(
                id,
                name,
                plan,
                activityRetention,
                encryptedBilling,
                billingComplete,
                encryptedAnswers,
                lifecycle.state(),
                members.state(),
                invitations.state(),
                tokens.state(),
                webhooks.state());
    }

    @EventSourcingHandler
    void on(OrganizationSnapshot snapshot) {
        stream = snapshot.id().toString();
        id = snapshot.id();
        name = snapshot.name();
        plan = snapshot.plan();
        activityRetention = snapshot.activityRetention();
        encryptedBilling = snapshot.encryptedBilling();
        billingComplete = snapshot.billingComplete();
        encryptedAnswers = snapshot.encryptedAnswers();
        lifecycle.restore(snapshot.lifecycle());
        members.restore(snapshot.members());
        invitations.restore(snapshot.invitations());
        tokens.restore(snapshot.tokens());
        webhooks.restore(snapshot.webhooks());
    }

    @EventSourcingHandler
    void on(OrganizationCreated event) {
        stream = event.organization().toString();
        id = event.organization();
        name = event.name();
        plan = event.plan();
    }

    @EventSourcingHandler
    void on(OrganizationRenamed event) {
        name = event.to();
    }

    @EventSourcingHandler
    void on(BillingInformationProvided event) {
        encryptedBilling = event.encryptedFields();
        billingComplete = event.complete();
    }

    @EventSourcingHandler
    void on(SignupQualificationAnswered event) {
        encryptedAnswers = event.encryptedAnswers();
    }

    @EventSourcingHandler
    void on(PlanChanged event) {
        plan = event.to();
    }

    @EventSourcingHandler
    void on(ActivityRetentionSet event) {
        activityRetention = event.to();
    }
}
