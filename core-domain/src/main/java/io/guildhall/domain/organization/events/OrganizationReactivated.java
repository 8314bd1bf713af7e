package io.guildhall.domain.organization.events;

import java.util.UUID;

/** R21. */
public record OrganizationReactivated(UUID organization) implements OrganizationEvent {}
