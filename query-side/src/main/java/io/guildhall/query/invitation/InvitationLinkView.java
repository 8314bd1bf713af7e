package io.guildhall.query.invitation;

import java.time.Instant;
import java.util.UUID;

/**
 * The invitation of a mailed link. Only the names may be shown to anyone with the link; the rest is for the server.
 *
 * @param status PENDING, ACCEPTED, REFUSED, EXPIRED or REVOKED
 */
public record InvitationLinkView(
        UUID organization,
        UUID invitation,
        String status,
        String organizationName,
        String inviterName,
        String email,
        String emailHash,
        Instant expiresAt) {

    public boolean isPending() {
        return status.equals("PENDING");
    }
}
