package io.guildhall.query.activity;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a trail. A search examines a limited number of activities per page, so a page may be short or empty
 * although there is a next one.
 *
 * @param next the cursor of the next page; null if there is none
 * @param head the trail's last sequence number; 0 if it has no activities
 */
public record ActivityPage(
        List<ActivityView> activities,
        long limit,
        long offset,
        @Nullable Long next,
        long head) {

    public boolean hasNext() {
        return next != null;
    }
}
