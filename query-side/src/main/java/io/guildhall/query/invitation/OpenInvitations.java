package io.guildhall.query.invitation;

import java.util.List;

/** See {@link ListOpenInvitations} and {@link ListErasedInvitations}. */
public record OpenInvitations(List<OpenInvitation> invitations) {}
