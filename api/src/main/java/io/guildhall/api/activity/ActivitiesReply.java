package io.guildhall.api.activity;

import io.guildhall.query.activity.ActivityView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An envelope of the published contract, and how to go on.
 *
 * @param nextCursor what {@code cursor} is for the next page; null after the last. A search that finds little may have an
 *     empty page before it
 */
record ActivitiesReply(
        List<ActivityView> activities,
        long limit,
        long offset,
        boolean hasNext,
        @Nullable String nextCursor) {}
