package io.guildhall.query.session;

import java.util.UUID;

/** Lists the active sign-ins of a user. Answered by {@link SessionPage}. */
public record ListSessions(UUID user, long limit, long offset) {}
