package io.guildhall.query.organization;

import java.util.List;

/** The answer to {@link ListPendingLifecycleSteps}. */
public record PendingLifecycleSteps(List<PendingLifecycleStep> organizations) {}
