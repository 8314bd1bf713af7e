package io.guildhall.query.link;

import java.util.UUID;

/** Answered by a {@link LinkView} or null. */
public record FindLink(UUID link) {}
