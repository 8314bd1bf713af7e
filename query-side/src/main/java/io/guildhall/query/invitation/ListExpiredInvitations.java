package io.guildhall.query.invitation;

/** Lists pending invitations past their expiry. Answered by {@link ExpiredInvitations}. */
public record ListExpiredInvitations(int limit) {}
