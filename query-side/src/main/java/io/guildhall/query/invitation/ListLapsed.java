package io.guildhall.query.invitation;

/** Invitations whose time has come without an event saying so. Answered by {@link LapsedInvitations}. */
public record ListLapsed(int limit) {}
