package io.guildhall.query.activity;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Lists activities of an organization's or a user's trail. Answered by an {@link ActivityPage}.
 *
 * @param beyond the page comes after this sequence number, in the order of the list; null for the beginning
 * @param offset counted from there
 */
public record ListActivities(
        UUID trail,
        ActivityFilter filter,
        boolean oldestFirst,
        @Nullable Long beyond,
        long limit,
        long offset) {

    /** Lists activities newest first. */
    public ListActivities(UUID trail, List<String> types, long limit, long offset) {
        this(trail, ActivityFilter.types(types), false, null, limit, offset);
    }
}
