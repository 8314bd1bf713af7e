package io.guildhall.query.organization;

/** What of {@code OrganizationSummary} this service knows. */
public record SummaryView(String organizationId, MembersSummaryView members) {}
