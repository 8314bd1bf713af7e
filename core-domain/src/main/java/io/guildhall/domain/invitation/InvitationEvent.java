package io.guildhall.domain.invitation;

import io.guildhall.domain.shared.DomainEvent;
import io.guildhall.domain.shared.EventType;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A fact of one invitation; part of its organization's stream. */
public sealed interface InvitationEvent extends DomainEvent {

    UUID organization();

    UUID invitation();

    @Override
    default UUID trail() {
        return organization();
    }

    /**
     * An address is invited (R11: any e-mail address can be invited).
     *
     * @param encryptedEmail under the invitation's key
     * @param inviter null when a token of the organization invited
     * @param role what the invited person becomes: a stored name of {@code MemberRole}
     */
    @EventType("member.invited")
    record MemberInvited(
            UUID organization,
            UUID invitation,
            String encryptedEmail,
            String emailHash,
            @Nullable UUID inviter,
            UUID link,
            Instant expiresAt,
            String role)
            implements InvitationEvent {}

    /** The invitation was mailed again with a later expiry (R12). {@code link} replaces the one before. */
    @EventType("invitation.resent")
    record InvitationResent(UUID organization, UUID invitation, UUID link, Instant expiresAt)
            implements InvitationEvent {}

    /** The invited user accepted and is a member (R13). */
    @EventType("invitation.accepted")
    record InvitationAccepted(UUID organization, UUID invitation, UUID user) implements InvitationEvent {}

    /** The invited user declined, which frees the seat (R13). */
    @EventType("invitation.declined")
    record InvitationDeclined(UUID organization, UUID invitation, UUID user) implements InvitationEvent {}

    /** The invitation is in no list any more, but stays in the trail (R11). */
    @EventType("invitation.revoked")
    record InvitationRevoked(UUID organization, UUID invitation) implements InvitationEvent {}

    /** The invitation was not answered in time and holds no seat (R11). */
    @EventType("invitation.expired")
    record InvitationExpired(UUID organization, UUID invitation) implements InvitationEvent {}
}
