package io.guildhall.query.user;

import java.util.UUID;

/** Answered by a {@link UserView}, null for an unknown or erased user. */
public record FindUser(UUID user) {}
