package io.guildhall.domain.account.events;

import java.util.UUID;

/** R1: the address is free. */
public record EmailReleased(String emailHash, UUID account) implements EmailClaimEvent {}
