package io.guildhall.query.invitation;

import java.util.UUID;

/**
 * Finds the invitation of a link, in any state. Answered by an {@link InvitationLinkView}, or null if the link is not
 * the current one.
 */
public record FindInvitationByLink(UUID link) {}
