package io.guildhall.query.invitation;

import java.util.List;

/** The answer to {@link ListExpiredInvitations}. */
public record ExpiredInvitations(List<ExpiredInvitation> invitations) {}
