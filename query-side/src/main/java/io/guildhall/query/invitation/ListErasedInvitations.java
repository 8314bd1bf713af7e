package io.guildhall.query.invitation;

/** Open invitations whose address was erased, so that nobody can answer them. Answered by {@link OpenInvitations}. */
public record ListErasedInvitations(int limit) {}
