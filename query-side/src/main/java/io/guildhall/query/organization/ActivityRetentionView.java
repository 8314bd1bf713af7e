package io.guildhall.query.organization;

import org.jspecify.annotations.Nullable;

/**
 * How long an organization's activities are shown.
 *
 * @param days the organization's own setting; null if it has none
 */
public record ActivityRetentionView(String plan, @Nullable Long days) {}
