package io.guildhall.domain.account.events;

import java.util.UUID;

/** The new address was proven: it replaces the old one and counts as validated. */
public record EmailChanged(UUID account, String sealedEmail, String emailHash) implements AccountEvent {}
