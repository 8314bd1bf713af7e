package io.guildhall.query.organization;

/** By its name as it is now. Answered by an {@link OrganizationView} or null. */
public record FindOrganizationNamed(String name) {}
