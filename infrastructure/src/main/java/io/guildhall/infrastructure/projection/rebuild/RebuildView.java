package io.guildhall.infrastructure.projection.rebuild;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a rebuild stands.
 *
 * @param state BUILDING, DIFFERS (the operator decides), FAILED, CANCELLED or DONE
 * @param position the last event that was projected
 * @param target the last event there was when it was last looked
 * @param reason why it failed, with the position of the event, or which rows differ
 */
public record RebuildView(
        UUID id,
        List<String> projections,
        String state,
        long position,
        long target,
        long events,
        Instant started,
        Instant updated,
        @Nullable String reason) {

    /** Events a second since it was started or taken up again. */
    public double rate() {
        double seconds = Math.max(0.001, (updated.toEpochMilli() - started.toEpochMilli()) / 1000.0);
        return events / seconds;
    }

    /** At that rate; null where it cannot be told, or nothing is left to do. */
    public @Nullable Long secondsLeft() {
        return underWay() && rate() >= 1 ? (long) (Math.max(0, target - position) / rate()) : null;
    }

    public boolean underWay() {
        return state.equals("BUILDING");
    }

    /** Neither built nor waiting for the operator. */
    public boolean hasEnded() {
        return !underWay() && !state.equals("DIFFERS");
    }
}
