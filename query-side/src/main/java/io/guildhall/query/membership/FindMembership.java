package io.guildhall.query.membership;

import java.util.UUID;

/**
 * Finds the membership of a user in an organization. Answered by {@link MembershipView}, or null if the user is not a
 * member.
 */
public record FindMembership(UUID organization, UUID user) {}
