package io.guildhall.domain.invitation;

import java.util.UUID;
import org.axonframework.commandhandling.RoutingKey;
import org.jspecify.annotations.Nullable;

/** A command about an invitation. The organization decides. */
public sealed interface InvitationCommand {

    UUID organization();

    /**
     * Invites an address (R11) where the plan has a free seat (R9). {@code inviter} is null when an organization's
     * token invites.
     */
    record InviteMember(
            @RoutingKey UUID organization,
            UUID invitation,
            String email,
            @Nullable UUID inviter,
            UUID link) implements InvitationCommand {}

    /** Mails an invitation again with a later expiry, and ends its former link (R12). */
    record ResendInvitation(@RoutingKey UUID organization, UUID invitation, UUID link) implements InvitationCommand {}

    /** Takes an unanswered invitation back (R11). Changes nothing when it is revoked already. */
    record RevokeInvitation(@RoutingKey UUID organization, UUID invitation) implements InvitationCommand {}

    /**
     * Accepts an invitation to the validated address of the user (R13), within the limit of organizations per user
     * (R6). {@code link}: the mailed link, when it was followed; it validates the address.
     */
    record AcceptInvitation(
            @RoutingKey UUID organization,
            UUID invitation,
            UUID user,
            UUID membership,
            @Nullable UUID link) implements InvitationCommand {}

    /** Declines an invitation, which frees the seat (R13). */
    record DeclineInvitation(
            @RoutingKey UUID organization,
            UUID invitation,
            UUID user,
            @Nullable UUID link) implements InvitationCommand {}

    /** R11: its time has come. Silence when it has not, or when it is no longer pending. */
    record ExpireInvitation(@RoutingKey UUID organization, UUID invitation) implements InvitationCommand {}

    /** The system's own command: ends an unanswered invitation whose address was erased. Silence when it has ended already. */
    record EndErasedInvitation(@RoutingKey UUID organization, UUID invitation) implements InvitationCommand {}

    /**
     * Takes an answered invitation off the lists. Of the answered invitations the organization knows the latest alone; the sender has
     * seen in the read model that this one is answered and listed. Silence when it was removed just before.
     */
    record RemoveAnsweredInvitation(@RoutingKey UUID organization, UUID invitation) implements InvitationCommand {}
}
