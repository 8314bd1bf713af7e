package io.guildhall.domain.account.events;

import java.util.UUID;

/** R1: the address with this keyed hash is this account's. */
public record EmailClaimed(String emailHash, UUID account) implements EmailClaimEvent {}
