package io.guildhall.domain.account.events;

import java.util.UUID;

/** The account's side of a membership's end, for whatever reason it ended. */
public record OrganizationLeft(UUID account, UUID organization) implements AccountEvent {}
