package io.guildhall.query.activity;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Of one trail: an organization's or a user's. Answered by an {@link ActivityPage}.
 *
 * @param beyond the sequence number that the page comes after, in its order; null from the start
 * @param offset counted from there
 */
public record ListActivities(
        UUID trail,
        ActivityFilter filter,
        boolean oldestFirst,
        @Nullable Long beyond,
        long limit,
        long offset) {

    /** Newest first. */
    public ListActivities(UUID trail, List<String> types, long limit, long offset) {
        this(trail, ActivityFilter.types(types), false, null, limit, offset);
    }
}
