package io.guildhall.infrastructure.ratelimit;

import io.github.bucket4j.Bandwidth;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.convert.DurationStyle;

/** A number of times in a time, written {@code 60/1m}. */
public record RateLimit(int times, Duration per) {

    private static final Pattern SHAPE = Pattern.compile("([1-9][0-9]{0,8})/(.+)");

    /** Called by Spring to convert a property. */
    public static RateLimit valueOf(String text) {
        Matcher parts = SHAPE.matcher(text.strip());
        if (!parts.matches()) {
            throw new IllegalArgumentException("A rate limit is written as 60/1m, sixty times a minute");
        }
        Duration per = DurationStyle.detectAndParse(parts.group(2));
        if (!per.isPositive()) {
            throw new IllegalArgumentException("The time of a rate limit must be positive");
        }
        return new RateLimit(Integer.parseInt(parts.group(1)), per);
    }

    /** Uses come back one by one. */
    public Bandwidth gradual() {
        return Bandwidth.builder().capacity(times).refillGreedy(times, per).build();
    }

    /** All uses come back at the end of a window of time, which begins with the first use. */
    public Bandwidth window() {
        return Bandwidth.builder().capacity(times).refillIntervally(times, per).build();
    }

    @Override
    public String toString() {
        return times + "/" + per;
    }
}
