package io.guildhall.infrastructure.axonserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The shown position when segments have different positions. */
@Timeout(20)
class ReadModelProgressTrackerTest {

    private static final Duration NO_TIME = Duration.ofMillis(20);
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final int NONE = -1;

    private final SegmentTokenStore segments = mock(SegmentTokenStore.class);
    private final List<Long> stored = Collections.synchronizedList(new ArrayList<>());
    private final ReadModelProgressTracker progress = new ReadModelProgressTracker(segments);

    @BeforeEach
    void begin() {
        stored.addAll(Collections.nCopies(Segments.COUNT, 10L));
        when(segments.positions()).thenAnswer(call -> List.copyOf(stored));
        assertThat(progress.indexed()).isEqualTo(10);
    }

    @Test
    void isWhereNoEventIsMissingBefore() {
        index(3, 5, NONE);
        assertThat(progress.position()).isEqualTo(10);

        progress.projected(5, 12);
        assertThat(progress.position()).isEqualTo(10);

        progress.projected(3, 11);
        assertThat(progress.position()).isEqualTo(13);
    }

    @Test
    void doesNotWaitForIdleSegments() throws Exception {
        index(3, 5);
        progress.projected(3, 11);
        progress.projected(5, 12);

        assertThat(progress.await(12, Segments.ALL, NO_TIME)).isTrue();
        assertThat(progress.awaitAligned(NO_TIME)).isTrue();
        assertThat(progress.position()).isEqualTo(12);
    }

    @Test
    void waitsForTheSegmentsInQuestionOnly() throws Exception {
        index(3, 5);
        progress.projected(5, 12);

        assertThat(progress.await(12, 1 << 5, NO_TIME)).isTrue();
        assertThat(progress.await(12, 1 << 5 | 1 << 3, NO_TIME)).isFalse();
        assertThat(progress.await(12, Segments.ALL, NO_TIME)).isFalse();
    }

    @Test
    void waitsForWhatIsNotIndexedYet() throws Exception {
        assertThat(progress.await(11, 1 << 5, NO_TIME)).isFalse();
    }

    @Test
    void findsOutWhatOtherNodesHaveProjected() throws Exception {
        index(3);
        Thread other = later(() -> stored.set(3, 11L));

        assertThat(progress.await(11, Segments.ALL, LONG)).isTrue();
        other.join();
    }

    @Test
    void isAlignedOnceAllShowWhatOneOfThemShowed() throws Exception {
        index(3, 5, 7);
        stored.set(7, 13L);
        assertThat(progress.awaitAligned(NO_TIME)).isFalse();

        Thread other = later(() -> {
            stored.set(3, 11L);
            stored.set(5, 12L);
        });
        assertThat(progress.awaitAligned(LONG)).isTrue();
        other.join();
    }

    @Test
    void knowsThePositionsOfEventsThatHaveComeAndOfThoseThatCome() throws Exception {
        index(3);
        assertThat(progress.awaitEvent("e11", LONG)).isEqualTo(OptionalLong.of(11));

        Thread.ofVirtual().start(() -> progress.index("e12", 12, 5));
        assertThat(progress.awaitEvent("e12", LONG)).isEqualTo(OptionalLong.of(12));
        assertThat(progress.awaitEvent("another", NO_TIME)).isEmpty();
    }

    @Test
    void keepsNoMoreThanTheNewestPositions() throws Exception {
        for (int n = 11; n <= 10_011; n++) {
            progress.index("e" + n, n, null);
        }

        assertThat(progress.awaitEvent("e12", NO_TIME)).isPresent();
        assertThat(progress.awaitEvent("e11", NO_TIME)).isEmpty();
        assertThat(progress.position()).isEqualTo(10_011);
    }

    private void index(int... next) {
        for (int segment : next) {
            long position = progress.indexed() + 1;
            progress.index("e" + position, position, segment == NONE ? null : segment);
        }
    }

    private static Thread later(Runnable work) {
        return Thread.ofVirtual().start(() -> {
            try {
                Thread.sleep(Duration.ofMillis(200));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            work.run();
        });
    }
}
