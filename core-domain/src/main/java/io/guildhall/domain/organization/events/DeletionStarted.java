package io.guildhall.domain.organization.events;

import java.util.UUID;

/** R22. */
public record DeletionStarted(UUID organization) implements OrganizationEvent {}
