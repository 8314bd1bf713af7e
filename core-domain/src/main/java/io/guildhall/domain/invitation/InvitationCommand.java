package io.guildhall.domain.invitation;

import java.util.UUID;
import org.axonframework.commandhandling.RoutingKey;
import org.jspecify.annotations.Nullable;

/** A command about an invitation, handled by its organization. */
public sealed interface InvitationCommand {

    UUID organization();

    /**
     * Invites an address (R11: any address can be invited) if the plan has a free seat (R9: members plus pending
     * invitations never exceed the plan's seats).
     *
     * @param inviter null if a token of type ORGANIZATION invites
     */
    record InviteMember(
            @RoutingKey UUID organization,
            UUID invitation,
            String email,
            @Nullable UUID inviter,
            UUID link) implements InvitationCommand {}

    /**
     * Mails an invitation again with a new link and expiry; the former link becomes invalid (R12: resending replaces
     * the link).
     */
    record ResendInvitation(@RoutingKey UUID organization, UUID invitation, UUID link) implements InvitationCommand {}

    /** Revokes an unanswered invitation. Does nothing if it is already revoked. */
    record RevokeInvitation(@RoutingKey UUID organization, UUID invitation) implements InvitationCommand {}

    /**
     * Accepts an invitation (R13: accepting needs a user whose validated e-mail is the invitation's), within the limit
     * of memberships per user (R6).
     *
     * @param link the mailed link if it was followed, which validates the address; or null
     */
    record AcceptInvitation(
            @RoutingKey UUID organization,
            UUID invitation,
            UUID user,
            UUID membership,
            @Nullable UUID link) implements InvitationCommand {}

    /** Declines an invitation and frees its seat. */
    record DeclineInvitation(
            @RoutingKey UUID organization,
            UUID invitation,
            UUID user,
            @Nullable UUID link) implements InvitationCommand {}

    /** Records that an invitation has expired. Does nothing if it is not pending or not past its expiry. */
    record ExpireInvitation(@RoutingKey UUID organization, UUID invitation) implements InvitationCommand {}

    /**
     * Ends an unanswered invitation whose address was erased; sent by the system. Does nothing if it has already ended.
     */
    record EndErasedInvitation(@RoutingKey UUID organization, UUID invitation) implements InvitationCommand {}

    /**
     * Removes an answered invitation from lists. The organization knows only the latest answered ones, so the sender
     * must have read from the read model that this one is answered and listed. Does nothing if it was just removed.
     */
    record RemoveAnsweredInvitation(@RoutingKey UUID organization, UUID invitation) implements InvitationCommand {}
}
