package io.guildhall.domain.organization.events;

import java.util.UUID;

/** The request for a deactivation was withdrawn before it was confirmed. {@code link} is the mailed one. */
public record DeactivationCanceled(UUID organization, UUID link) implements OrganizationEvent {}
