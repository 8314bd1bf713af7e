package io.guildhall.query.account;

import java.util.UUID;

/** Answered by a {@link UserView}, null for an unknown or erased account. */
public record FindAccount(UUID account) {}
