package io.guildhall.query.invitation;

import java.util.List;
import java.util.UUID;

/** Lists invitations of an organization, newest first. Answered by an {@link InvitationPage}. */
public record ListInvitations(UUID organization, List<String> statuses, long limit, long offset) {}
