package io.guildhall.domain.organization.events;

import java.util.UUID;

/** R21. */
public record DeactivationStarted(UUID organization, String reason) implements OrganizationEvent {}
