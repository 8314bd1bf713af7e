package io.guildhall.query.membership;

import java.util.UUID;

/**
 * Finds a member of an organization, including a former one (status DELETED). Answered by a {@link MemberView} or null.
 */
public record FindMember(UUID organization, UUID membership) {}
