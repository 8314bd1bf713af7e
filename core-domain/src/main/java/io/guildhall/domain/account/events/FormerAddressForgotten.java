package io.guildhall.domain.account.events;

import java.util.UUID;

/** R20: part of an erasure; invitations that were sent to an address the person has had before are forgotten too. */
public record FormerAddressForgotten(UUID account, String emailHash) implements AccountEvent {}
