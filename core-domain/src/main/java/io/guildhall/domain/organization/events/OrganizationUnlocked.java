package io.guildhall.domain.organization.events;

import java.util.UUID;

/** By an operator. */
public record OrganizationUnlocked(UUID organization) implements OrganizationEvent {}
