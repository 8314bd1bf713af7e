package io.guildhall.query.session;

import java.util.UUID;

/** The sign-ins of one person that are in use. Answered by {@link SessionPage}. */
public record ListSessions(UUID user, long limit, long offset) {}
