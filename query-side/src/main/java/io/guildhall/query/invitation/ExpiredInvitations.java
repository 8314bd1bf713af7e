package io.guildhall.query.invitation;

import java.util.List;

/** See {@link ListExpiredInvitations}. */
public record ExpiredInvitations(List<ExpiredInvitation> invitations) {}
