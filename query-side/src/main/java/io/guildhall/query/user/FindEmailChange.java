package io.guildhall.query.user;

import java.util.UUID;

/** Finds a user's pending change of the e-mail address. Answered by an {@link EmailChangeView} or null. */
public record FindEmailChange(UUID user) {}
