package io.guildhall.domain.membership;

import java.util.UUID;
import org.axonframework.commandhandling.RoutingKey;

/** A command about a membership, handled by its organization. */
public sealed interface MembershipCommand {

    UUID organization();

    /**
     * Removes a member (R15: any member may remove any member) other than the last one (R16), and deactivates the
     * member's API tokens (R17). Does nothing if the membership has already ended.
     */
    record RemoveMember(@RoutingKey UUID organization, UUID membership) implements MembershipCommand {}

    /**
     * Ends the acting user's own membership (R15: any member may leave) unless it is the last one (R16), and
     * deactivates the user's API tokens (R17). Does nothing if the membership has already ended.
     *
     * @param membership of the acting user
     */
    record LeaveOrganization(@RoutingKey UUID organization, UUID membership) implements MembershipCommand {}
}
