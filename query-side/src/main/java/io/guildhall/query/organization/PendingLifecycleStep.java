package io.guildhall.query.organization;

import java.util.UUID;

/** One organization with a long act under way. */
public record PendingLifecycleStep(UUID organization, String status) {}
