package io.guildhall.domain.organization.events;

import java.util.UUID;

/** R4: the name is this organization's. */
public record NameClaimed(String name, UUID organization) implements NameClaimEvent {}
