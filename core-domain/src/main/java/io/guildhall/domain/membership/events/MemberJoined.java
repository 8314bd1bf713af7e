package io.guildhall.domain.membership.events;

import java.util.UUID;

/** R5, R13. */
public record MemberJoined(UUID organization, UUID membership, UUID account) implements MembershipEvent {}
