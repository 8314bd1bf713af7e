package io.guildhall.query.organization;

/** Organizations whose deactivation or deletion is under way (R21, R22). Answered by {@link PendingLifecycleSteps}. */
public record ListPendingLifecycleSteps(int limit) {}
