package io.guildhall.query.invitation;

import java.util.UUID;

/** The invitation that a mailed link is for. */
public record LinkedInvitation(UUID organization, UUID invitation) {}
