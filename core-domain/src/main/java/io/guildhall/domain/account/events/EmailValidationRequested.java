package io.guildhall.domain.account.events;

import java.time.Instant;
import java.util.UUID;

/** R2. {@code link} names the mailed link without being its secret. */
public record EmailValidationRequested(UUID account, UUID link, Instant expiresAt) implements AccountEvent {}
