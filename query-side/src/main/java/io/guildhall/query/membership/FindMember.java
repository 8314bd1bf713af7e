package io.guildhall.query.membership;

import java.util.UUID;

/** Also one that has ended (status DELETED). Answered by a {@link MemberView} or null. */
public record FindMember(UUID organization, UUID membership) {}
