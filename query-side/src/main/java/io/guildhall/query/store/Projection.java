package io.guildhall.query.store;

/**
 * What turns events into one table of the same name. It writes that table only, by {@link Rows}, names it without a schema, and
 * reads none: so a new generation of it can be built beside the one in use.
 */
public interface Projection {

    /** Of the projection, its processing group and its table. */
    String name();

    /** Raised when what the projection makes of the same events changes: then it is rebuilt by itself at the next start. */
    default int version() {
        return 1;
    }
}
