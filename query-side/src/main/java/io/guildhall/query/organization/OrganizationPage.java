package io.guildhall.query.organization;

import java.util.List;

/** An envelope of the published contract. */
public record OrganizationPage(List<OrganizationView> organizations, long limit, long offset, boolean hasNext) {}
