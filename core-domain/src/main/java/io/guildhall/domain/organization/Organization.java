package io.guildhall.domain.organization;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.guildhall.domain.invitation.InvitationRejections;
import io.guildhall.domain.invitation.Invitations;
import io.guildhall.domain.membership.Members;
import io.guildhall.domain.membership.MembershipRejections;
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
import io.guildhall.domain.plan.Plan;
import io.guildhall.domain.plan.PlanCatalog;
import io.guildhall.domain.shared.ActorContext;
import io.guildhall.domain.shared.DomainRejectionException;
import io.guildhall.domain.shared.Snapshottable;
import io.guildhall.domain.token.Tokens;
import io.guildhall.domain.webhook.Webhooks;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateMember;
import org.jspecify.annotations.Nullable;

/**
 * One organization with its members, invitations, API tokens and webhooks: one stream, whose sequence numbers are the gapless order of
 * the organization's trail. Everything that must hold together in one act (R9, R16, R17) is in here.
 */
public class Organization implements Snapshottable {

    /** A hundred years. */
    private static final long MAX_RETENTION_DAYS = 36_500;

    enum Status {
        ACTIVE,
        DEACTIVATING,
        DEACTIVATED,
        DELETING,
        DELETED
    }

    @AggregateIdentifier
    private String stream;

    private UUID id;
    private String name;
    private String plan;
    private int activityRetention;
    private Status status;
    private boolean locked;
    private @Nullable String encryptedBilling;
    private boolean billingComplete;
    private @Nullable String encryptedAnswers;
    private @Nullable UUID deactivationLink;
    private @Nullable Instant deactivationLinkExpires;

    @AggregateMember
    private final Members members = new Members();

    @AggregateMember
    private final Invitations invitations = new Invitations();

    @AggregateMember
    private final Tokens tokens = new Tokens();

    @AggregateMember
    private final Webhooks webhooks = new Webhooks();

    Organization() {}

    static Organization found(OrganizationCreated fact) {
        apply(fact);
        return new Organization();
    }

    Members members() {
        return members;
    }

    Invitations invitations() {
        return invitations;
    }

    Tokens tokens() {
        return tokens;
    }

    Webhooks webhooks() {
        return webhooks;
    }

    String name() {
        return name;
    }

    @Nullable String encryptedBilling() {
        return encryptedBilling;
    }

    @Nullable String encryptedAnswers() {
        return encryptedAnswers;
    }

    /**
     * R15, R17: whoever acts must be a member, and the token that is used must work, at the very moment of the decision: a call that was
     * let in before a removal decides nothing after it.
     */
    Organization requireActor(ActorContext act, Instant now) {
        if (status == Status.DELETED) {
            throw new DomainRejectionException(OrganizationRejections.NO_SUCH_ORGANIZATION);
        }
        if (act.type() == ActorContext.Type.USER
                && (act.user() == null && act.token() == null
                        || act.user() != null && !members.includes(act.user())
                        || act.effectiveToken() != null && !tokens.isActive(act.effectiveToken(), now))) {
            throw new DomainRejectionException(MembershipRejections.NOT_A_MEMBER);
        }
        if (act.effectiveToken() != null) {
            tokens.requireUnlimited(act.effectiveToken());
        }
        return this;
    }

    /** R21: while deactivated or locked nothing is done but what brings it back or ends it. */
    Organization requireActive() {
        requireNotDeleted();
        if (status != Status.ACTIVE) {
            throw new DomainRejectionException(OrganizationRejections.TOKEN_REJECTED);
        }
        return requireUnlocked();
    }

    /** Like {@link #requireActive}, for an invited person, who is no member. */
    void requireJoinable() {
        requireNotDeleted();
        if (status != Status.ACTIVE || locked) {
            throw new DomainRejectionException(InvitationRejections.ORGANIZATION_NOT_JOINABLE);
        }
    }

    /** Whose deletion is under way counts as deleted. */
    void requireNotDeleted() {
        if (status == Status.DELETED || status == Status.DELETING) {
            throw new DomainRejectionException(OrganizationRejections.NO_SUCH_ORGANIZATION);
        }
    }

    Organization requireUnlocked() {
        if (locked) {
            throw new DomainRejectionException(OrganizationRejections.LOCKED);
        }
        return this;
    }

    /** R9: one more seat than is in use now. */
    void requireFreeSeat(PlanCatalog plans, Instant now) {
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
     * Removes a member (R15), also while the organization is deactivated, but not while it is locked.
     *
     * @return the former member; empty when the membership has ended already
     */
    Optional<UUID> removeMember(UUID membership) {
        requireNotDeleted();
        if (members.hasEnded(membership)) {
            return Optional.empty();
        }
        UUID user = members.userOf(membership);
        requireUnlocked();
        members.requireAnother();
        members.remove(id, membership);
        endAccessOf(user, "MEMBERSHIP_ENDED");
        return Optional.of(user);
    }

    /**
     * Ends the own membership of the acting user (R15), also while the organization is deactivated or locked.
     *
     * @return the former member; empty when the membership has ended already
     */
    Optional<UUID> leave(UUID membership, @Nullable UUID actor) {
        requireNotDeleted();
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

    /** The tokens and webhooks of a member end with the membership (R17). */
    private void endAccessOf(UUID user, String reason) {
        tokens.deactivateThoseOf(id, user, reason);
        webhooks.disableThoseOf(id, user);
    }

    /** Ends the membership of a user whom an operator erases (R20). An organization that has nobody left is deleted. */
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

    void rename(OrganizationName next) {
        apply(new OrganizationRenamed(id, name, next.value()));
    }

    /**
     * Complete billing information cannot become incomplete under a plan with a price. A new organization has none, whatever its plan,
     * and can provide it field by field.
     */
    void giveBilling(String sealed, boolean complete, PlanCatalog plans) {
        if (billingComplete && !complete && require(plan, plans).priced()) {
            throw new DomainRejectionException(OrganizationRejections.billingInformationRequired(plan));
        }
        apply(new BillingInformationProvided(id, sealed, complete));
    }

    void answer(String sealed) {
        apply(new SignupQualificationAnswered(id, sealed));
    }

    /**
     * R8, R10.
     *
     * @param missing the fields of the billing information that a plan with a price needs and that are empty
     */
    void choose(String wanted, PlanCatalog plans, List<String> missing, Instant now) {
        Plan next = require(wanted, plans);
        if (wanted.equals(plan)) {
            return;
        }
        if (next.priced() && !billingComplete) {
            throw new DomainRejectionException(OrganizationRejections.billingInformationMissing(wanted, missing));
        }
        if (next.seats() != null && !next.allowsSeats(seatsInUse(now))) {
            throw new DomainRejectionException(
                    OrganizationRejections.seatsInUse(wanted, next.seats(), members.count(), invitations.pending(now)));
        }
        apply(new PlanChanged(id, plan, wanted));
    }

    /** A plan that is chosen later may say less than the setting: then the plan counts. */
    void chooseRetention(@Nullable Long days, PlanCatalog plans) {
        if (days != null && days < 1) {
            throw new DomainRejectionException(OrganizationRejections.ACTIVITY_RETENTION_TOO_SHORT);
        }
        Long most = require(plan, plans).activityRetention();
        if (days != null && days > (most == null ? MAX_RETENTION_DAYS : most)) {
            throw new DomainRejectionException(
                    OrganizationRejections.activityRetentionBeyondPlan(plan, most == null ? MAX_RETENTION_DAYS : most));
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
        if (status == Status.ACTIVE) {
            apply(new DeactivationRequested(id, link, expires));
        }
    }

    void confirmDeactivation(UUID link, Instant now) {
        requireDeactivationLink(link, now);
        startDeactivation();
    }

    void cancelDeactivation(UUID link, Instant now) {
        requireDeactivationLink(link, now);
        if (status != Status.ACTIVE) {
            throw new DomainRejectionException(OrganizationRejections.NOT_ACTIVE);
        }
        apply(new DeactivationCanceled(id, link));
    }

    private void requireDeactivationLink(UUID link, Instant now) {
        if (!link.equals(deactivationLink)
                || deactivationLinkExpires == null
                || !now.isBefore(deactivationLinkExpires)) {
            throw new DomainRejectionException(OrganizationRejections.DEACTIVATION_LINK_NO_LONGER_VALID);
        }
    }

    void startDeactivation() {
        if (status == Status.DELETING || status == Status.DELETED) {
            throw new DomainRejectionException(OrganizationRejections.NOT_ACTIVE);
        }
        if (status == Status.ACTIVE) {
            requireUnlocked();
            apply(new DeactivationStarted(id, "REQUESTED_BY_OWNER"));
        }
    }

    /** R21: what belongs to the organization goes; members, trail and billing stay. */
    void completeDeactivation() {
        if (status == Status.DEACTIVATING) {
            tokens.revokeAll(id);
            apply(new OrganizationDeactivated(id));
        }
    }

    void reactivate() {
        if (status == Status.DEACTIVATED) {
            requireUnlocked();
            apply(new OrganizationReactivated(id));
        } else if (status != Status.ACTIVE) {
            throw new DomainRejectionException(OrganizationRejections.NOT_ACTIVE);
        }
    }

    /** Only a deactivated organization can be deleted (R22). */
    void startDeletion() {
        if (status == Status.DELETING) {
            return;
        }
        if (status != Status.DEACTIVATED) {
            throw new DomainRejectionException(OrganizationRejections.NOT_DEACTIVATED);
        }
        requireUnlocked();
        beginDeletion();
    }

    private void beginDeletion() {
        apply(new DeletionStarted(id));
        invitations.revokeAll(id);
        webhooks.deleteAll(id);
    }

    /**
     * R22 where the last member was erased (R20): everything that members would have done one after the other, in one act and
     * despite a lock, since nobody is left to do it.
     */
    private void deleteAfterLastMemberErased() {
        if (status == Status.ACTIVE) {
            apply(new DeactivationStarted(id, "LAST_MEMBER_ERASED"));
        }
        completeDeactivation();
        if (status == Status.DEACTIVATED) {
            beginDeletion();
        }
    }

    /**
     * Ends the oldest membership while a deletion is under way (R22).
     *
     * @return the former member; empty when there is no deletion or no member
     */
    Optional<UUID> removeNextMember() {
        UUID membership = status == Status.DELETING ? members.any() : null;
        if (membership == null) {
            return Optional.empty();
        }
        UUID user = members.userOf(membership);
        members.remove(id, membership);
        return Optional.of(user);
    }

    /**
     * Completes a deletion once nobody is left.
     *
     * @return whether this call completed it
     */
    boolean completeDeletion() {
        if (status != Status.DELETING || members.count() > 0) {
            return false;
        }
        apply(new OrganizationDeleted(id, name));
        return true;
    }

    void lock(String encryptedReason) {
        if (!locked && status != Status.DELETED) {
            apply(new OrganizationLocked(id, encryptedReason));
        }
    }

    void unlock() {
        if (locked) {
            apply(new OrganizationUnlocked(id));
        }
    }

    @Override
    public OrganizationSnapshot snapshot() {
        return new OrganizationSnapshot(
                id,
                name,
                plan,
                activityRetention,
                status,
                locked,
                encryptedBilling,
                billingComplete,
                encryptedAnswers,
                deactivationLink,
                deactivationLinkExpires,
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
        status = snapshot.status();
        locked = snapshot.locked();
        encryptedBilling = snapshot.encryptedBilling();
        billingComplete = snapshot.billingComplete();
        encryptedAnswers = snapshot.encryptedAnswers();
        deactivationLink = snapshot.deactivationLink();
        deactivationLinkExpires = snapshot.deactivationLinkExpires();
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
        status = Status.ACTIVE;
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

    @EventSourcingHandler
    void on(DeactivationRequested event) {
        deactivationLink = event.link();
        deactivationLinkExpires = event.expiresAt();
    }

    @EventSourcingHandler
    void on(DeactivationCanceled event) {
        deactivationLink = null;
    }

    @EventSourcingHandler
    void on(DeactivationStarted event) {
        status = Status.DEACTIVATING;
    }

    @EventSourcingHandler
    void on(OrganizationDeactivated event) {
        status = Status.DEACTIVATED;
    }

    @EventSourcingHandler
    void on(OrganizationReactivated event) {
        status = Status.ACTIVE;
        deactivationLink = null;
    }

    @EventSourcingHandler
    void on(DeletionStarted event) {
        status = Status.DELETING;
    }

    @EventSourcingHandler
    void on(OrganizationDeleted event) {
        status = Status.DELETED;
    }

    @EventSourcingHandler
    void on(OrganizationLocked event) {
        locked = true;
    }

    @EventSourcingHandler
    void on(OrganizationUnlocked event) {
        locked = false;
    }
}
