package io.guildhall.query.organization;

/** Finds an organization by its current name. Answered by an {@link OrganizationView} or null. */
public record FindOrganizationNamed(String name) {}
