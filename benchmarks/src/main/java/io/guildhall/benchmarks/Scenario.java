package io.guildhall.benchmarks;

/** Something that can be done again and again, by several callers at a time. */
interface Scenario {

    /** What it is compared with. */
    enum Kind {
        FLOOR,
        READ,
        WRITE
    }

    /** Does it once, and tells the tally of each request; false when it cannot be done any more. */
    @FunctionalInterface
    interface Caller extends AutoCloseable {

        boolean call(Tally tally) throws Exception;

        @Override
        default void close() throws Exception {}
    }

    String name();

    Kind kind();

    /** Makes ready, unmeasured, for that many callers and that long. */
    default void prepare(int callers, double seconds) throws Exception {}

    /** The caller of that number, of so many; used by one thread. */
    Caller caller(int number, int callers) throws Exception;
}
