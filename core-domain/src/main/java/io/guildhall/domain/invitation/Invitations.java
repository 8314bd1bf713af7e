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

/** The invitations of one organization; part of the organization. Time decides over PENDING before an event says EXPIRED. */
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

        Invitation as(Status next, @Nullable UUID user) {
            return new Invitation(emailHash, next, link, expiresAt, user);
        }
    }

    /** Those that are neither answered nor revoked, the oldest first. */
    private final Map<UUID, Invitation> open = new LinkedHashMap<>();

    /** The latest that were answered; older ones are in the read model alone. */
    private final SequencedMap<UUID, Invitation> answered = new LinkedHashMap<>();

    private final RecentIds revoked = new RecentIds();

    /** Seats held by invitations that can still be accepted (R9, R11). */
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

    /** R13: accepting twice is the same answer. */
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

    /** Revokes the oldest expired invitations where there would be more than {@code max} open ones otherwise. */
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

    /** R12: also an expired one can be resent; whether a seat is free for it is the caller's to check. */
    public void requireUnanswered(UUID invitation) {
        if (isAnswered(invitation)) {
            throw new DomainRejectionException(
                    InvitationRejections.noLongerPending(named(find(invitation).status())));
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

    /** An accepted one stays what it is: the membership is ended by removing the member. */
    public void revoke(UUID organization, UUID invitation) {
        if (!revoked.contains(invitation)) {
            if (find(invitation).status() == Status.ACCEPTED) {
                throw new DomainRejectionException(InvitationRejections.ALREADY_ACCEPTED);
            }
            apply(new InvitationRevoked(organization, invitation));
        }
    }

    /** Takes an answered invitation off the lists. The caller knows from the read model that it is answered and listed. */
    public void remove(UUID organization, UUID invitation) {
        if (!revoked.contains(invitation)) {
            apply(new InvitationRevoked(organization, invitation));
        }
    }

    /** R22: those that somebody could still come by, also when sent again; an answered one stays what it is. */
    public void revokeAll(UUID organization) {
        List.copyOf(open.keySet()).forEach(invitation -> revoke(organization, invitation));
    }

    /** Ends an invitation whose address was erased: nobody can answer it, and it cannot be sent again. */
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

    private static String named(Status status) {
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

    /** For a snapshot; the oldest first. */
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
        Invitation was = open.remove(invitation);
        if (was != null) {
            answered.put(invitation, was.as(status, user));
            if (answered.size() > RecentIds.MOST) {
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
                (id, was) -> new Invitation(was.emailHash(), Status.PENDING, event.link(), event.expiresAt(), null));
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
        open.computeIfPresent(event.invitation(), (id, was) -> was.as(Status.EXPIRED, null));
    }

    @EventSourcingHandler
    void on(InvitationRevoked event) {
        open.remove(event.invitation());
        answered.remove(event.invitation());
        revoked.add(event.invitation());
    }
}
