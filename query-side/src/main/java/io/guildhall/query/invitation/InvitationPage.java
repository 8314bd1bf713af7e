package io.guildhall.query.invitation;

import java.util.List;

/** An envelope of the published contract. */
public record InvitationPage(List<InvitationView> invitations, long limit, long offset, long count) {}
