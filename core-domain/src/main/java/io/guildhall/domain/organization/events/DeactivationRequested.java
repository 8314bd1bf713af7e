package io.guildhall.domain.organization.events;

import java.time.Instant;
import java.util.UUID;

/** R21. Waits for a confirmation by the mailed link. */
public record DeactivationRequested(UUID organization, UUID link, Instant expiresAt) implements OrganizationEvent {}
