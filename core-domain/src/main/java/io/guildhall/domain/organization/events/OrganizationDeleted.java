package io.guildhall.domain.organization.events;

import java.util.UUID;

/** R22. The name is free again. */
public record OrganizationDeleted(UUID organization, String name) implements OrganizationEvent {}
