package io.guildhall.query.membership;

import java.util.UUID;

/** Answered by {@link MembershipView}, null when the user is no member of the organization. */
public record FindMembership(UUID organization, UUID user) {}
