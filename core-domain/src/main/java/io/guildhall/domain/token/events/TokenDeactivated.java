package io.guildhall.domain.token.events;

import java.util.UUID;

/** R17: its maker's membership ended. {@code reason} is MEMBERSHIP_ENDED or ERASED. */
public record TokenDeactivated(UUID organization, UUID token, UUID account, String reason) implements TokenEvent {}
