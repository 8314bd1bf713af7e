package io.guildhall.domain.membership.events;

import java.util.UUID;

/** R15: by the person. */
public record MemberLeft(UUID organization, UUID membership, UUID account) implements MembershipEvent {}
