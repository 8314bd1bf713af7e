package io.guildhall.domain.membership;

import java.util.UUID;
import org.axonframework.commandhandling.RoutingKey;

/** A command about a membership. The organization decides. */
public sealed interface MembershipCommand {

    UUID organization();

    /**
     * Removes a member: any member may remove any member (R15), except the last one (R16). The API tokens of the removed member stop
     * working (R17). Changes nothing when the membership has ended already.
     */
    record RemoveMember(@RoutingKey UUID organization, UUID membership) implements MembershipCommand {}

    /**
     * The acting member leaves (R15), except the last one (R16). The member's API tokens stop working (R17). Changes nothing when the
     * membership has ended already.
     *
     * @param membership the own one of the acting user
     */
    record LeaveOrganization(@RoutingKey UUID organization, UUID membership) implements MembershipCommand {}
}
