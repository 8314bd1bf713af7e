package io.guildhall.api.invitation;

import io.guildhall.query.invitation.InvitationView;
import java.util.List;

/** The contract's envelope of one invitation. */
record InvitationReply(InvitationView invitation) {

    static final List<String> STATUSES = List.of("INVALID", "PENDING", "ACCEPTED", "REFUSED", "EXPIRED");
}
