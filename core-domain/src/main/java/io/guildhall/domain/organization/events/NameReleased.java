package io.guildhall.domain.organization.events;

import java.util.UUID;

/** R4: the name is free. */
public record NameReleased(String name, UUID organization) implements NameClaimEvent {}
