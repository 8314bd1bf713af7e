package io.guildhall.query.invitation;

/** Lists open invitations whose address was erased, so they cannot be answered. Answered by {@link OpenInvitations}. */
public record ListErasedInvitations(int limit) {}
