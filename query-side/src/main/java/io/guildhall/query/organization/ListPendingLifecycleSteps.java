package io.guildhall.query.organization;

/** Lists organizations that are being deactivated or deleted. Answered by {@link PendingLifecycleSteps}. */
public record ListPendingLifecycleSteps(int limit) {}
