package io.guildhall.api.throttle;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.convert.DurationStyle;

/** So many times in so long; written {@code 60/1m}. */
public record Limit(int times, Duration per) {

    private static final Pattern SHAPE = Pattern.compile("([1-9][0-9]{0,8})/(.+)");

    /** Spring's way to read one from a property. */
    public static Limit valueOf(String text) {
        Matcher parts = SHAPE.matcher(text.strip());
        if (!parts.matches()) {
            throw new IllegalArgumentException("A limit is written as 60/1m, sixty times a minute");
        }
        Duration per = DurationStyle.detectAndParse(parts.group(2));
        if (!per.isPositive()) {
            throw new IllegalArgumentException("A limit needs some time to count in");
        }
        return new Limit(Integer.parseInt(parts.group(1)), per);
    }
}
