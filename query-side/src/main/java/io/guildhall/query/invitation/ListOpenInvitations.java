package io.guildhall.query.invitation;

import java.util.UUID;

/** The open invitations to the user's address, of all organizations. Answered by {@link OpenInvitations}. */
public record ListOpenInvitations(UUID user) {}
