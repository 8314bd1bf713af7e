package io.guildhall.query.organization;

import java.util.UUID;

/** Answered by a {@link SummaryView} or null. */
public record FindSummary(UUID organization) {}
