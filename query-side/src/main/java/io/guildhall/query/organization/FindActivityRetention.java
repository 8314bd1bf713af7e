package io.guildhall.query.organization;

import java.util.UUID;

/** Answered by an {@link ActivityRetentionView} or null. */
public record FindActivityRetention(UUID organization) {}
