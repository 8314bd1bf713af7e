package io.guildhall.domain.invitation;

import io.guildhall.domain.shared.DomainEvent;
import io.guildhall.domain.shared.EventType;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An event of an invitation, in its organization's stream. */
public sealed interface InvitationEvent extends DomainEvent {

    UUID organization();

    UUID invitation();

    @Override
    default UUID trail() {
        return organization();
    }

    /**
     * An address was invited (R11: any e-mail address can be invited).
     *
     * @param encryptedEmail encrypted with the invitation's key
     * @param inviter null if a token of type ORGANIZATION invited
     * @param role the role of the future member: a stored name of {@code MemberRole}
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

    /**
     * The invitation was mailed again with a later expiry (R12: resending renews the expiry).
     *
     * @param link replaces the former link
     */
    @EventType("invitation.resent")
    record InvitationResent(UUID organization, UUID invitation, UUID link, Instant expiresAt)
            implements InvitationEvent {}

    /** The invited user accepted and became a member. */
    @EventType("invitation.accepted")
    record InvitationAccepted(UUID organization, UUID invitation, UUID user) implements InvitationEvent {}

    /** The invited user declined, which freed the seat. */
    @EventType("invitation.declined")
    record InvitationDeclined(UUID organization, UUID invitation, UUID user) implements InvitationEvent {}

    /** The invitation was removed from lists; it stays in the trail. */
    @EventType("invitation.revoked")
    record InvitationRevoked(UUID organization, UUID invitation) implements InvitationEvent {}

    /** The invitation was not answered in time and no longer holds a seat. */
    @EventType("invitation.expired")
    record InvitationExpired(UUID organization, UUID invitation) implements InvitationEvent {}
}
