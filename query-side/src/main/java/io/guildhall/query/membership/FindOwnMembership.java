package io.guildhall.query.membership;

import java.util.UUID;

/**
 * Finds a user's own membership by its id. Answered by {@link MembershipView}, or null if it has ended or belongs to
 * another user.
 */
public record FindOwnMembership(UUID user, UUID membership) {}
