package io.guildhall.query.membership;

import java.util.UUID;

/** Of a person, in whatever organization. Answered by {@link MembershipView}, null when it is another's or has ended. */
public record FindOwnMembership(UUID user, UUID membership) {}
