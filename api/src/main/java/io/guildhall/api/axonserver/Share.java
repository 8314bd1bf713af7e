package io.guildhall.api.axonserver;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Some of the segments, each with the position up to which its streams are shown.
 *
 * @param positions by segment
 */
record Share(SortedMap<Integer, Long> positions) {

    static final Share NOTHING = new Share(new TreeMap<>());

    Share {
        positions = Collections.unmodifiableSortedMap(new TreeMap<>(positions));
    }

    int size() {
        return positions.size();
    }

    boolean isEmpty() {
        return positions.isEmpty();
    }

    boolean isAll() {
        return positions.size() == Segments.COUNT;
    }

    /** Up to here all of it is shown. */
    long lowest() {
        return Collections.min(positions.values());
    }

    long highest() {
        return Collections.max(positions.values());
    }

    /** Whether the event of a trail, or of a claim's stream, at a position belongs to it and is not shown yet. */
    boolean lacks(String sequence, long position) {
        Long shown = positions.get(Segments.of(sequence));
        return shown != null && shown < position;
    }

    /** Those segments of it that are not as far. */
    Share behind(long position) {
        var behind = new TreeMap<>(positions);
        behind.values().removeIf(shown -> shown >= position);
        return new Share(behind);
    }

    /** All of it at that position at least. */
    Share movedTo(long position) {
        var moved = new TreeMap<>(positions);
        moved.replaceAll((segment, shown) -> Math.max(shown, position));
        return new Share(moved);
    }
}
