package io.guildhall.infrastructure.projection;

import java.util.List;
import java.util.function.LongSupplier;

/** A page of a list. The limit is at most {@value #MAX_LIMIT}. */
public record PageRequest(long limit, long offset) {

    private static final long MAX_LIMIT = 100;

    public static PageRequest of(long limit, long offset) {
        return new PageRequest(Math.clamp(limit, 0, MAX_LIMIT), Math.max(offset, 0));
    }

    /**
     * Returns the end of an SQL statement with the parameters {@code limit} and {@code offset}. For a first page the
     * limit is a literal: with a parameter PostgreSQL would plan the statement anew each time, as it could not know
     * that only a few rows are wanted.
     */
    public String clause() {
        return offset == 0 ? " limit " + limit : " limit :limit offset :offset";
    }

    /** Returns the number of items of the whole list. Counts them only if the page itself does not show it. */
    public long total(List<?> page, LongSupplier count) {
        boolean endsHere = page.size() < limit && (offset == 0 || !page.isEmpty());
        return endsHere ? offset + page.size() : count.getAsLong();
    }
}
