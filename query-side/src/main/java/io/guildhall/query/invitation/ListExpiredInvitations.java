package io.guildhall.query.invitation;

/** Invitations whose time has come without an event saying so. Answered by {@link ExpiredInvitations}. */
public record ListExpiredInvitations(int limit) {}
