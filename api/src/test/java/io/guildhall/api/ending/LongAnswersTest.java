package io.guildhall.api.ending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LongAnswersTest {

    private final LongAnswers answers = new LongAnswers();

    @Test
    void goOnWhileNothingEnds() {
        assertThat(answers.mustEnd()).isFalse();
    }

    @Test
    void haveTheirTimeBeforeTheyMustEnd() {
        answers.endWithin(Duration.ofMinutes(1));

        assertThat(answers.mustEnd()).isFalse();
    }

    @Test
    void mustEndAfterwards() {
        answers.endWithin(Duration.ofMillis(1));

        await().until(answers::mustEnd);
    }
}
