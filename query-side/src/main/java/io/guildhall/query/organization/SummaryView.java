package io.guildhall.query.organization;

/** The part of the contract's {@code OrganizationSummary} that this service supports. */
public record SummaryView(String organizationId, MembersSummaryView members) {}
