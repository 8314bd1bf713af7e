package io.guildhall.query.account;

import java.util.UUID;

/** Answered by a {@link SignInView} of this account, or null. */
public record FindPassword(UUID account) {}
