package io.guildhall.domain.organization.events;

import java.util.UUID;

/** R4. */
public record OrganizationRenamed(UUID organization, String from, String to) implements OrganizationEvent {}
