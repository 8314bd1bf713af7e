package io.guildhall.query.invitation;

import java.util.UUID;

/** The invitation in whatever state it is. Answered by an {@link InvitationLinkView}, or null when the link is not the current one. */
public record FindInvitationByLink(UUID link) {}
