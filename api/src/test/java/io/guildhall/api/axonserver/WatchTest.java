package io.guildhall.api.axonserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WatchTest {

    private static final long LATER = Watch.TOO_LONG.plusMillis(1).toNanos();

    private final Watch watch = new Watch();

    @Test
    void namesWhatStaysBehind() {
        assertThat(hanging(Map.of(0, 9L, 1, 4L), 0)).isEmpty();
        assertThat(hanging(Map.of(0, 9L, 1, 4L), Duration.ofSeconds(1).toNanos()))
                .isEmpty();
        assertThat(hanging(Map.of(0, 9L, 1, 4L), LATER)).containsExactly(1);
    }

    @Test
    void givesWhoeverHasItNextItsTime() {
        hanging(Map.of(1, 4L), 0);
        assertThat(hanging(Map.of(1, 4L), LATER)).containsExactly(1);
        assertThat(hanging(Map.of(1, 4L), LATER + 1)).isEmpty();
        assertThat(hanging(Map.of(1, 4L), 2 * LATER + 1)).containsExactly(1);
    }

    @Test
    void leavesAloneWhatMoves() {
        hanging(Map.of(1, 4L), 0);
        assertThat(hanging(Map.of(1, 5L), LATER)).isEmpty();
    }

    /** While nothing happens nothing moves; that is no reason when something does. */
    @Test
    void leavesAloneWhatWasNotBehindBefore() {
        hanging(Map.of(1, 9L), 0);
        assertThat(watch.hanging(share(Map.of(1, 9L)), 10, LATER)).isEmpty();
    }

    private List<Integer> hanging(Map<Integer, Long> positions, long now) {
        return watch.hanging(share(positions), 9, now);
    }

    private static Share share(Map<Integer, Long> positions) {
        return new Share(new TreeMap<>(positions));
    }
}
