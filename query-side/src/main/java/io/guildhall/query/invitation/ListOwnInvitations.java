package io.guildhall.query.invitation;

import java.util.List;
import java.util.UUID;

/**
 * Lists the invitations to a user, of all organizations, newest first (R14: an invited person sees invitations to the
 * own address). Answered by an {@link InvitationPage}.
 */
public record ListOwnInvitations(UUID user, List<String> statuses, long limit, long offset) {}
