package io.guildhall.query.user;

import java.util.UUID;

/** Finds a user's encoded password. Answered by a {@link SignInView} or null. */
public record FindPassword(UUID user) {}
