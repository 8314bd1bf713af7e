package io.guildhall.api.ending;

import java.time.Duration;
import org.springframework.stereotype.Component;

/** Tells answers that take long when the process is about to end, so that they end themselves with a word about it. */
@Component
public class LongAnswers {

    private volatile long end = Long.MAX_VALUE;
    private volatile boolean ending;

    void endWithin(Duration time) {
        end = System.nanoTime() + time.toNanos();
        ending = true;
    }

    /** Whether there is no more time. */
    public boolean mustEnd() {
        return ending && System.nanoTime() - end > 0;
    }
}
