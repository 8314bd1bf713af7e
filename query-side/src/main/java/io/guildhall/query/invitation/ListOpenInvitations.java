package io.guildhall.query.invitation;

import java.util.UUID;

/** Lists open invitations of all organizations to the user's address. Answered by {@link OpenInvitations}. */
public record ListOpenInvitations(UUID user) {}
