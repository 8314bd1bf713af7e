package io.guildhall.domain.account.events;

import java.util.UUID;

/** R6. Set by an operator. */
public record MembershipLimitRaised(UUID account, int limit) implements AccountEvent {}
