package io.guildhall.query.invitation;

import java.util.List;
import java.util.UUID;

/** R14: to a user, over all organizations, newest first. Answered by an {@link InvitationPage}. */
public record ListOwnInvitations(UUID user, List<String> statuses, long limit, long offset) {}
