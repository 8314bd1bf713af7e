package io.guildhall.query.invitation;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Those that one organization had at a moment, in the states of then, newest first; what happened at that very moment had
 * happened. Names and addresses are those of now (R20). Answered by an {@link InvitationPage}.
 */
public record ListInvitationsAsOf(UUID organization, List<String> statuses, Instant asOf, long limit, long offset) {}
