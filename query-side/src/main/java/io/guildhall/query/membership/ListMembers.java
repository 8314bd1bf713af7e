package io.guildhall.query.membership;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Lists members by organization, by user or by both; at least one is given. Oldest first. Answered by a
 * {@link MemberPage}.
 *
 * @param asOf lists the members at this moment, inclusive; null for now. Names and organizations are current
 */
public record ListMembers(
        @Nullable UUID organization,
        @Nullable UUID user,
        List<String> organizationStatuses,
        @Nullable Instant asOf,
        long limit,
        long offset) {}
