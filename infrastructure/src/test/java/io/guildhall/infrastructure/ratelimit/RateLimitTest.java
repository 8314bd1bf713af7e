package io.guildhall.infrastructure.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimitTest {

    @Test
    void isWrittenAsTimesInSomeTime() {
        assertThat(RateLimit.valueOf("60/1m")).isEqualTo(new RateLimit(60, Duration.ofMinutes(1)));
        assertThat(RateLimit.valueOf(" 3/PT10M ")).isEqualTo(new RateLimit(3, Duration.ofMinutes(10)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "60", "0/1m", "-1/1m", "60/", "60/0s", "60/soon"})
    void isNothingElse(String text) {
        assertThatThrownBy(() -> RateLimit.valueOf(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
