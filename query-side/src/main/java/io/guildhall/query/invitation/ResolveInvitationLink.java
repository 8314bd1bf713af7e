package io.guildhall.query.invitation;

import java.util.UUID;

/** In whatever state the invitation is, unless the link was replaced. Answered by a {@link LinkedInvitation} or null. */
public record ResolveInvitationLink(UUID link) {}
