package io.guildhall.query.organization;

import java.util.UUID;

/** Finds the summary of an organization. Answered by a {@link SummaryView} or null. */
public record FindSummary(UUID organization) {}
