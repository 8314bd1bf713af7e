package io.guildhall.query.invitation;

import java.time.Instant;
import java.util.UUID;

/** Who follows the link may be shown the names; the rest is for the server. */
public record InvitationLinkView(
        UUID organization,
        UUID invitation,
        String organizationName,
        String inviterName,
        String email,
        String emailHash,
        Instant expiresAt) {}
