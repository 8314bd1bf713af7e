package io.guildhall.domain.account.events;

import java.util.UUID;

/** R2. {@code proof} is {@code LINK} (mailed for it) or {@code INVITATION} (an invitation's link was followed). */
public record EmailValidated(UUID account, String emailHash, String proof) implements AccountEvent {}
