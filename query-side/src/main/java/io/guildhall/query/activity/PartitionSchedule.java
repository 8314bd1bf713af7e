package io.guildhall.query.activity;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjuster;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.stream.Stream;

/**
 * The days on which activities are dropped: weekly for a retention up to a month, on the first of a month for up to a
 * year, and yearly otherwise. This limits the number of partitions and how long hidden activities remain stored.
 */
final class PartitionSchedule {

    private static final long MONTH = 31;
    private static final long YEAR = 366;

    private PartitionSchedule() {}

    /**
     * Returns the days for a retention: from those for rows that are repartitioned today to two more than new rows
     * need.
     */
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
