package io.guildhall.api.invitation;

import io.guildhall.query.invitation.InvitationView;

/** The contract's envelope of one invitation. */
record InvitationReply(InvitationView invitation) {

    static final String STATUSES = "INVALID, PENDING, ACCEPTED, REFUSED, EXPIRED";
}
