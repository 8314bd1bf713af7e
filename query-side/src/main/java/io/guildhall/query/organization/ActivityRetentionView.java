package io.guildhall.query.organization;

import org.jspecify.annotations.Nullable;

/**
 * For how long an organization wants its activities to be shown.
 *
 * @param days the organization's own setting; null when it has none
 */
public record ActivityRetentionView(String plan, @Nullable Long days) {}
