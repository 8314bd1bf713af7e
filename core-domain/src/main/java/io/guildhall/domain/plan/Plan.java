package io.guildhall.domain.plan;

import org.jspecify.annotations.Nullable;

/**
 * A plan (R8: the plan catalogue is configuration).
 *
 * @param seats the maximum of members plus pending invitations; null for unlimited
 * @param priced whether billing information is required
 * @param activityRetention how many days activities are shown; null for unlimited
 */
public record Plan(
        String id,
        @Nullable Integer seats,
        boolean priced,
        @Nullable Long activityRetention) {

    public boolean allowsSeats(int needed) {
        return seats == null || needed <= seats;
    }
}
