package io.guildhall.query.organization;



/** An organization, to those who do not belong to it. */
public record PublicOrganizationView(String id, String externalId, String name, String plan, String status) {}
