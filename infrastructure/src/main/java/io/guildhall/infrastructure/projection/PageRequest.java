package io.guildhall.infrastructure.projection;

import java.util.List;
import java.util.function.LongSupplier;

/** Which part of a list is asked for: at most {@value #MOST} items, whatever the caller says. */
public record PageRequest(long limit, long offset) {

    private static final long MOST = 100;

    public static PageRequest of(long limit, long offset) {
        return new PageRequest(Math.clamp(limit, 0, MOST), Math.max(offset, 0));
    }

    /**
     * The end of a statement with the parameters {@code limit} and {@code offset}. First pages say the limit in the text:
     * PostgreSQL plans a statement anew each time when it cannot know that only a few rows are wanted.
     */
    public String clause() {
        return offset == 0 ? " limit " + limit : " limit :limit offset :offset";
    }

    /** How many items the whole list has; counts them only when the page itself does not tell. */
    public long total(List<?> page, LongSupplier count) {
        boolean endsHere = page.size() < limit && (offset == 0 || !page.isEmpty());
        return endsHere ? offset + page.size() : count.getAsLong();
    }
}
