package io.guildhall.query.membership;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * By organization, by user, or both; at least one is given. Oldest first. Answered by a {@link MemberPage}.
 *
 * @param asOf who belonged there at that moment, with what happened at that very moment; null is for now. Names and the
 *     organization are those of now
 */
public record ListMembers(
        @Nullable UUID organization,
        @Nullable UUID user,
        List<String> organizationStatuses,
        @Nullable Instant asOf,
        long limit,
        long offset) {}
