package io.guildhall.benchmarks.history;

/** One stream of events, and the sequence number of the next. */
final class Line {

    private final String id;
    private final String type;
    private long next;

    Line(String id, String type) {
        this.id = id;
        this.type = type;
    }

    String id() {
        return id;
    }

    String type() {
        return type;
    }

    long take() {
        return next++;
    }

    /** How many events it has. */
    long size() {
        return next;
    }
}
