package io.guildhall.query.user;

import java.util.UUID;

/** Answered by an {@link EmailChangeView}, or null when no change of the e-mail address waits for confirmations. */
public record FindEmailChange(UUID user) {}
