package io.guildhall.domain.organization.events;

import java.util.UUID;

/** By an operator. */
public record OrganizationLocked(UUID organization, String reason) implements OrganizationEvent {}
