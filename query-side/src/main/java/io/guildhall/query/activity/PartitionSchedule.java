package io.guildhall.query.activity;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjuster;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.stream.Stream;

/**
 * On which days activities go: what is shown for a month or less at the beginning of a week, for a year or less of a month, for longer
 * of a year. So there are few partitions, and what is hidden stays for a part of the time that it was shown.
 */
final class PartitionSchedule {

    private static final long MONTH = 31;
    private static final long YEAR = 366;

    private PartitionSchedule() {}

    /** The days on which goes what is shown so long: of what is moved today first, two more than what is written today needs. */
    static List<LocalDate> of(Duration shown, LocalDate today) {
        long days = shown.toDays() + 1;
        TemporalAdjuster next = days <= MONTH
                ? TemporalAdjusters.next(DayOfWeek.MONDAY)
                : days <= YEAR ? TemporalAdjusters.firstDayOfNextMonth() : TemporalAdjusters.firstDayOfNextYear();
        LocalDate last = today.plusDays(days + 2).with(next).with(next);
        return Stream.iterate(today.plusDays(1).with(next), day -> !day.isAfter(last), day -> day.with(next))
                .toList();
    }
}
