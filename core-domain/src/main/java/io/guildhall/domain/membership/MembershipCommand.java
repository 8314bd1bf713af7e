package io.guildhall.domain.membership;

import java.util.UUID;
import org.axonframework.commandhandling.RoutingKey;

/** A command about a membership. The organization decides. */
public sealed interface MembershipCommand {

    UUID organization();

    /** R15, R16, R17. Leaving when the actor is the member, removing otherwise; silence when it has ended already. */
    record EndMembership(@RoutingKey UUID organization, UUID membership) implements MembershipCommand {}
}
