package io.guildhall.infrastructure.projection;

/**
 * What turns events into one table of the same name. It writes that table only, by {@link ProjectionWriter}, names it without a schema, and
 * reads none: so a new generation of it can be built beside the one in use.
 */
public interface Projection {

    TableDefinition table();

    /** Of the projection, its processing group and its table. */
    default String name() {
        return table().name();
    }

    /** Raised when what the projection makes of the same events changes: then it is rebuilt by itself at the next start. */
    default int version() {
        return 1;
    }

    /**
     * Whether somebody must be let in no more once this has happened. As long as the projection cannot take such an event, nobody
     * of its stream is let in: what it shows would let in too many (R17).
     */
    default boolean endsAccess(Object event) {
        return false;
    }

    /** SQL: what of its table, whose name stands for {@code %s}, a rebuild must make again: all of it. */
    default String compared() {
        return "select * from %s";
    }
}
