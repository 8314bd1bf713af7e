package io.guildhall.query.invitation;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Lists the invitations that an organization had at a moment, inclusive, with their states then, newest first. Names
 * and addresses are current (R20: erased data is not shown). Answered by an {@link InvitationPage}.
 */
public record ListInvitationsAsOf(UUID organization, List<String> statuses, Instant asOf, long limit, long offset) {}
