package io.guildhall.query.user;

import java.util.UUID;

/** Finds a user. Answered by a {@link UserView}, or null for an unknown or erased user. */
public record FindUser(UUID user) {}
