package io.guildhall.query.account;

import java.util.UUID;

/** Answered by an {@link EmailChangeView}, or null when no change of the e-mail address waits for confirmations. */
public record FindEmailChange(UUID account) {}
