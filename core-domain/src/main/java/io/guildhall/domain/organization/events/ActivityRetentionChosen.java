package io.guildhall.domain.organization.events;

import java.util.UUID;

/** In days; 0 is for as long as the plan says. */
public record ActivityRetentionChosen(UUID organization, int from, int to) implements OrganizationEvent {}
