package io.guildhall.query.invitation;

import java.util.UUID;

/** An invitation that is neither answered nor revoked. It may have expired. */
public record OpenInvitation(UUID organization, UUID invitation) {}
