package io.guildhall.query.invitation;

import java.util.UUID;

/** An invitation that nobody has answered or revoked. It may have expired. */
public record OpenInvitation(UUID organization, UUID invitation) {}
