package io.guildhall.domain.organization.events;

import java.util.UUID;

/** R21. */
public record OrganizationDeactivated(UUID organization) implements OrganizationEvent {}
