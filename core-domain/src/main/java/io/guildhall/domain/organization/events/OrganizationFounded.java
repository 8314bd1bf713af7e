package io.guildhall.domain.organization.events;

import java.util.UUID;

/** R4, R5, R8. */
public record OrganizationFounded(UUID organization, String name, String plan, UUID founder)
        implements OrganizationEvent {}
