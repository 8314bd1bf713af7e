package io.guildhall.query.membership;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** By organization, by account, or both; at least one is given. Oldest first. Answered by a {@link MemberPage}. */
public record ListMembers(
        @Nullable UUID organization,
        @Nullable UUID account,
        List<String> organizationStatuses,
        long limit,
        long offset) {}
