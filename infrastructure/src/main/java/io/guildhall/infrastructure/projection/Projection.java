package io.guildhall.infrastructure.projection;

/**
 * Turns events into the rows of one table of the same name. A projection writes only this table, through
 * {@link ProjectionWriter} and without a schema name, and reads none, so that a rebuild can fill a shadow table beside the one
 * in use.
 */
public interface Projection {

    TableDefinition table();

    /** The name of the projection, its processing group and its table. */
    default String name() {
        return table().name();
    }

    /**
     * The version of the projection's code. Raise it when the same events give different rows: the next start then
     * rebuilds the projection.
     */
    default int version() {
        return 1;
    }

    /**
     * Whether this event revokes access. While such an event is a dead letter, all access to its organization or user
     * is denied, so that ended access is never granted (R17: no node accepts a removed member's tokens).
     */
    default boolean endsAccess(Object event) {
        return false;
    }

    /** SQL that selects the columns a rebuild must reproduce, by default all. {@code %s} stands for the table. */
    default String compared() {
        return "select * from %s";
    }
}
