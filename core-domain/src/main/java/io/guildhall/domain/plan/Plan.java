package io.guildhall.domain.plan;

import org.jspecify.annotations.Nullable;

/**
 * What the domain needs to know of a plan (R8).
 *
 * @param seats members plus pending invitations at the most; null is without limit
 * @param priced whether billing information must be given first
 * @param activityRetention for how many days activities are shown; null is for ever
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
