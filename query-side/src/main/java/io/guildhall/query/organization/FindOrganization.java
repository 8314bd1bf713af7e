package io.guildhall.query.organization;

import java.util.UUID;

/** Finds an organization. Answered by an {@link OrganizationView}, or null if it does not exist or is deleted. */
public record FindOrganization(UUID organization) {}
