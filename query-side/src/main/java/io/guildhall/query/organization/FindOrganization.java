package io.guildhall.query.organization;

import java.util.UUID;

/** Answered by an {@link OrganizationView}; null when there is none or it is deleted. */
public record FindOrganization(UUID organization) {}
