package io.guildhall.domain.account.events;

import java.util.UUID;

/** R20. The person's keys are destroyed in the same act. */
public record AccountErased(UUID account, String emailHash) implements AccountEvent {}
