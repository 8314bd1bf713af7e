package io.guildhall.domain.account.events;

import java.util.UUID;

/** The account's side of a membership: what R6 counts. */
public record OrganizationJoined(UUID account, UUID organization) implements AccountEvent {}
