package io.guildhall.domain.account.events;

import java.util.UUID;

/** R1. Name and address are sealed under the account's key; {@code emailHash} is keyed. */
public record AccountSignedUp(UUID account, String sealedName, String sealedEmail, String emailHash)
        implements AccountEvent {}
