package io.guildhall.query.activity;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a trail. A search that finds little looks at so many activities and no more for one page: then the page is short,
 * or empty, and there is more.
 *
 * @param next what the next page comes after; null when there is none
 * @param head the trail's last sequence number when this was read; 0 of a trail without any
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
