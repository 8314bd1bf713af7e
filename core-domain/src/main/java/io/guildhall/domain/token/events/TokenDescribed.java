package io.guildhall.domain.token.events;

import java.util.UUID;

/** Another name or description. */
public record TokenDescribed(UUID organization, UUID token, String name, String description) implements TokenEvent {}
