package io.guildhall.domain.organization.events;

import java.util.UUID;

/** R8, R10. */
public record PlanChosen(UUID organization, String from, String to) implements OrganizationEvent {}
