package io.guildhall.infrastructure.projection.rebuild;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The progress of a rebuild.
 *
 * @param state BUILDING, DIFFERS (awaits the operator's decision), FAILED, CANCELLED or DONE
 * @param position the position of the last projected event
 * @param target the last position to project, as of the last check
 * @param events the number of events projected since {@code started}
 * @param started when it was started or last resumed
 * @param reason why it failed, with the position of the event, or which rows differ; null otherwise
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

    /** Events per second since {@code started}. */
    public double rate() {
        double seconds = Math.max(0.001, (updated.toEpochMilli() - started.toEpochMilli()) / 1000.0);
        return events / seconds;
    }

    /** The remaining seconds at the current rate; null if unknown or not running. */
    public @Nullable Long secondsLeft() {
        return underWay() && rate() >= 1 ? (long) (Math.max(0, target - position) / rate()) : null;
    }

    public boolean underWay() {
        return state.equals("BUILDING");
    }

    public boolean hasEnded() {
        return !underWay() && !state.equals("DIFFERS");
    }
}
