package io.guildhall.query.invitation;

import java.util.List;

/** The answer to {@link ListOpenInvitations} and {@link ListErasedInvitations}. */
public record OpenInvitations(List<OpenInvitation> invitations) {}
