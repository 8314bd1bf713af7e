package io.guildhall.domain.invitation;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.guildhall.domain.invitation.InvitationCommand.InviteMember;
import io.guildhall.domain.invitation.InvitationCommand.ResendInvitation;
import io.guildhall.domain.invitation.InvitationEvent.InvitationAccepted;
import io.guildhall.domain.invitation.InvitationEvent.InvitationDeclined;
import io.guildhall.domain.invitation.InvitationEvent.InvitationExpired;
import io.guildhall.domain.invitation.InvitationEvent.InvitationResent;
import io.guildhall.domain.invitation.InvitationEvent.InvitationRevoked;
import io.guildhall.domain.invitation.InvitationEvent.MemberInvited;
import io.guildhall.domain.membership.MemberRole;
import io.guildhall.domain.shared.DomainRejectionException;
import io.guildhall.domain.shared.PersonalDataCipher;
import io.guildhall.domain.shared.RecentIds;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.UUID;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.jspecify.annotations.Nullable;

/**
 * The invitations of an organization. A pending invitation counts as expired from its expiry on, before an event
 * records it.
 */
public class Invitations {

    private enum Status {
        PENDING,
        ACCEPTED,
        REFUSED,
        EXPIRED
    }

    private record Invitation(
            String emailHash,
            Status status,
            UUID link,
            Instant expiresAt,
            @Nullable UUID answeredBy) {

        boolean holdsSeat(Instant now) {
            return status == Status.PENDING && now.isBefore(expiresAt);
        }

        Invitation withStatus(Status next, @Nullable UUID user) {
            return new Invitation(emailHash, next, link, expiresAt, user);
        }
    }

    /** Invitations that are neither answered nor revoked, oldest first. */
    private final Map<UUID, Invitation> open = new LinkedHashMap<>();

    /** The latest answered invitations; older ones are in the read model only. */
    private final SequencedMap<UUID, Invitation> answered = new LinkedHashMap<>();

    private final RecentIds revoked = new RecentIds();

    /** The number of seats held by invitations (R9: pending invitations count; R11: expired ones do not). */
    public int pending(Instant now) {
        return (int) open.values().stream()
                .filter(invitation -> invitation.holdsSeat(now))
                .count();
    }

    public boolean isPending(UUID invitation, Instant now) {
        return find(invitation).holdsSeat(now);
    }

    public String emailHashOf(UUID invitation) {
        return find(invitation).emailHash();
    }

    public boolean hasLink(UUID invitation, @Nullable UUID link) {
        return find(invitation).link().equals(link);
    }

    /** Accepting again is not an error (R13: accepting twice gives the same answer). */
    public boolean wasAcceptedBy(UUID invitation, UUID user) {
        Invitation found = find(invitation);
        return found.status() == Status.ACCEPTED && user.equals(found.answeredBy());
    }

    public boolean wasDeclinedBy(UUID invitation, UUID user) {
        Invitation found = find(invitation);
        return found.status() == Status.REFUSED && user.equals(found.answeredBy());
    }

    public void requireNoneFor(String emailHash, Instant now) {
        if (hasPendingFor(emailHash, now)) {
            throw new DomainRejectionException(InvitationRejections.ALREADY_INVITED);
        }
    }

    public void requireFewerPendingThan(int max, Instant now) {
        if (pending(now) >= max) {
            throw new DomainRejectionException(InvitationRejections.tooManyInvitations(max));
        }
    }

    /** Invites an address. Revokes the oldest expired invitations if there would be more than {@code max} open ones. */
    public void invite(
            InviteMember command,
            String email,
            String emailHash,
            Instant expires,
            int max,
            PersonalDataCipher personalData,
            Instant now) {
        open.entrySet().stream()
                .filter(entry -> !entry.getValue().holdsSeat(now))
                .map(Map.Entry::getKey)
                .limit(Math.max(0, open.size() + 1 - max))
                .toList()
                .forEach(invitation -> revoke(command.organization(), invitation));
        apply(new MemberInvited(
                command.organization(),
                command.invitation(),
                personalData.encryptEmail(command.invitation(), command.organization(), emailHash, email),
                emailHash,
                command.inviter(),
                command.link(),
                expires,
                MemberRole.OWNER.storedName()));
    }

    /** Rejects an answered invitation. An expired one can be resent (R11); the caller checks for a free seat. */
    public void requireUnanswered(UUID invitation) {
        if (isAnswered(invitation)) {
            throw new DomainRejectionException(InvitationRejections.noLongerPending(
                    describe(find(invitation).status())));
        }
    }

    private boolean isAnswered(UUID invitation) {
        Status status = find(invitation).status();
        return status == Status.ACCEPTED || status == Status.REFUSED;
    }

    public void resend(ResendInvitation command, Instant expires) {
        requireUnanswered(command.invitation());
        apply(new InvitationResent(command.organization(), command.invitation(), command.link(), expires));
    }

    /** Revokes an invitation. Rejects an accepted one, whose membership must be ended instead. */
    public void revoke(UUID organization, UUID invitation) {
        if (!revoked.contains(invitation)) {
            if (find(invitation).status() == Status.ACCEPTED) {
                throw new DomainRejectionException(InvitationRejections.ALREADY_ACCEPTED);
            }
            apply(new InvitationRevoked(organization, invitation));
        }
    }

    /**
     * Removes an answered invitation from lists. The caller has read from the read model that it is answered and
     * listed.
     */
    public void remove(UUID organization, UUID invitation) {
        if (!revoked.contains(invitation)) {
            apply(new InvitationRevoked(organization, invitation));
        }
    }

    /** Revokes all open invitations (R22: deletion removes invitations). Answered ones stay. */
    public void revokeAll(UUID organization) {
        List.copyOf(open.keySet()).forEach(invitation -> revoke(organization, invitation));
    }

    /** Ends an open invitation whose address was erased, which can be neither answered nor resent. */
    public void endErased(UUID organization, UUID invitation) {
        if (open.containsKey(invitation)) {
            apply(new InvitationRevoked(organization, invitation));
        }
    }

    public void expire(UUID organization, UUID invitation, Instant now) {
        Invitation found = open.get(invitation);
        if (found != null && found.status() == Status.PENDING && !found.holdsSeat(now)) {
            apply(new InvitationExpired(organization, invitation));
        }
    }

    public void accept(UUID organization, UUID invitation, UUID user, Instant now) {
        requirePending(invitation, now);
        apply(new InvitationAccepted(organization, invitation, user));
    }

    public void decline(UUID organization, UUID invitation, UUID user, Instant now) {
        requirePending(invitation, now);
        apply(new InvitationDeclined(organization, invitation, user));
    }

    public void requirePending(UUID invitation, Instant now) {
        requireUnanswered(invitation);
        if (!isPending(invitation, now)) {
            throw new DomainRejectionException(InvitationRejections.EXPIRED);
        }
    }

    private static String describe(Status status) {
        return switch (status) {
            case PENDING -> "pending";
            case ACCEPTED -> "accepted";
            case REFUSED -> "declined";
            case EXPIRED -> "expired";
        };
    }

    private boolean hasPendingFor(String emailHash, Instant now) {
        return open.values().stream()
                .anyMatch(invitation ->
                        invitation.holdsSeat(now) && invitation.emailHash().equals(emailHash));
    }

    private Invitation find(UUID invitation) {
        Invitation found = open.getOrDefault(invitation, answered.get(invitation));
        if (found == null) {
            throw new DomainRejectionException(InvitationRejections.NO_SUCH_INVITATION);
        }
        return found;
    }

    /** For snapshots; oldest first. */
    public record State(Map<UUID, Invitation> open, Map<UUID, Invitation> answered, List<UUID> revoked) {}

    public State state() {
        return new State(new LinkedHashMap<>(open), new LinkedHashMap<>(answered), revoked.list());
    }

    public void restore(State state) {
        open.putAll(state.open());
        answered.putAll(state.answered());
        revoked.restore(state.revoked());
    }

    private void answer(UUID invitation, Status status, UUID user) {
        Invitation previous = open.remove(invitation);
        if (previous != null) {
            answered.put(invitation, previous.withStatus(status, user));
            if (answered.size() > RecentIds.MAX_SIZE) {
                answered.pollFirstEntry();
            }
        }
    }

    @EventSourcingHandler
    void on(MemberInvited event) {
        open.put(
                event.invitation(),
                new Invitation(event.emailHash(), Status.PENDING, event.link(), event.expiresAt(), null));
    }

    @EventSourcingHandler
    void on(InvitationResent event) {
        open.computeIfPresent(
                event.invitation(),
                (id, previous) ->
                        new Invitation(previous.emailHash(), Status.PENDING, event.link(), event.expiresAt(), null));
    }

    @EventSourcingHandler
    void on(InvitationAccepted event) {
        answer(event.invitation(), Status.ACCEPTED, event.user());
    }

    @EventSourcingHandler
    void on(InvitationDeclined event) {
        answer(event.invitation(), Status.REFUSED, event.user());
    }

    @EventSourcingHandler
    void on(InvitationExpired event) {
        open.computeIfPresent(event.invitation(), (id, previous) -> previous.withStatus(Status.EXPIRED, null));
    }

    @EventSourcingHandler
    void on(InvitationRevoked event) {
        open.remove(event.invitation());
        answered.remove(event.invitation());
        revoked.add(event.invitation());
    }
}
