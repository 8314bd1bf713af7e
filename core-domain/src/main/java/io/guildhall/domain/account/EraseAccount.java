package io.guildhall.domain.account;

import java.util.List;
import java.util.UUID;
import org.axonframework.commandhandling.RoutingKey;

/**
 * Forgets a person (R20). Users erase their own account only when they belong to no organization.
 *
 * @param organizations all organizations that the account belongs to. An operator's erasure ends these memberships
 * @param invitations the unanswered invitations to the account's address, which nobody could answer afterwards
 */
public record EraseAccount(@RoutingKey UUID account, List<UUID> organizations, List<Invited> invitations) {

    /** An invitation and the organization that sent it. */
    public record Invited(UUID organization, UUID invitation) {}
}
