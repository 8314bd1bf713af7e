package io.guildhall.domain.token.events;

import java.util.UUID;

/** R17: its maker joined again. */
public record TokenReactivated(UUID organization, UUID token, UUID account) implements TokenEvent {}
