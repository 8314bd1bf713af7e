package io.guildhall.domain.membership;

import java.util.UUID;
import org.axonframework.commandhandling.RoutingKey;

/** A command about a membership. The organization decides. */
public sealed interface MembershipCommand {

    UUID organization();

    /**
     * Ends a membership: any member may leave or remove another (R15), except the last one (R16). The API tokens of
     * the member stop working (R17). Changes nothing when the membership has ended already.
     */
    record EndMembership(@RoutingKey UUID organization, UUID membership) implements MembershipCommand {}
}
