package io.guildhall.query.organization;

import java.util.List;

/** Status is DEACTIVATING or DELETING. */
public record PendingLifecycleSteps(List<PendingLifecycleStep> organizations) {}
