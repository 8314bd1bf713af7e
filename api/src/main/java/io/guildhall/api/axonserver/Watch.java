package io.guildhall.api.axonserver;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sees which segments stay behind what this process has fed, though whoever has them is not gone: it hangs. */
final class Watch {

    /** Longer than a batch takes, and a pause for garbage collection. */
    static final Duration TOO_LONG = Duration.ofSeconds(2);

    private record Standing(long position, long since) {}

    private final Map<Integer, Standing> behind = new HashMap<>();

    /**
     * Those that were behind all the time, and have not moved.
     *
     * @param all as they are now
     * @param fed up to where this process has fed its own
     * @param now of {@link System#nanoTime()}
     */
    List<Integer> hanging(Share all, long fed, long now) {
        Share lagging = all.behind(fed);
        behind.keySet().retainAll(lagging.positions().keySet());
        List<Integer> hanging = new ArrayList<>();
        lagging.positions().forEach((segment, position) -> {
            Standing standing = behind.get(segment);
            if (standing == null || standing.position() != position) {
                behind.put(segment, new Standing(position, now));
            } else if (now - standing.since() > TOO_LONG.toNanos()) {
                hanging.add(segment);
                // Whoever has it next has its time, too.
                behind.put(segment, new Standing(position, now));
            }
        });
        return hanging;
    }
}
