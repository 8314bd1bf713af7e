package io.guildhall.domain.account.events;

import java.util.UUID;

/** The person goes by another name. */
public record AccountRenamed(UUID account, String sealedName) implements AccountEvent {}
