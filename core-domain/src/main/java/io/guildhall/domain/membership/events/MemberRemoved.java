package io.guildhall.domain.membership.events;

import java.util.UUID;

/** R15: by somebody else. */
public record MemberRemoved(UUID organization, UUID membership, UUID account) implements MembershipEvent {}
