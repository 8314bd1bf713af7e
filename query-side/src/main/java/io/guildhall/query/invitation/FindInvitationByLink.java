package io.guildhall.query.invitation;

import java.util.UUID;

/** R14. Answered by an {@link InvitationLinkView} or null when the link is no longer the current one or the invitation is not pending. */
public record FindInvitationByLink(UUID link) {}
