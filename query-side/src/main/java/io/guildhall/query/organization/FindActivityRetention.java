package io.guildhall.query.organization;

import java.util.UUID;

/** Finds the activity retention of an organization. Answered by an {@link ActivityRetentionView} or null. */
public record FindActivityRetention(UUID organization) {}
