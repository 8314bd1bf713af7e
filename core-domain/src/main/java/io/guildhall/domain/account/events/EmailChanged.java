package io.guildhall.domain.account.events;

import java.util.UUID;

/** The new address counts as not validated (R2). */
public record EmailChanged(UUID account, String sealedEmail, String emailHash) implements AccountEvent {}
