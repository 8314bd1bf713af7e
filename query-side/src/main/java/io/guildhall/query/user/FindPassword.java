package io.guildhall.query.user;

import java.util.UUID;

/** Answered by a {@link SignInView} of this user, or null. */
public record FindPassword(UUID user) {}
