package io.guildhall.api.store;

import java.util.concurrent.Callable;

/** How far a command's events reached in the global order; told from the append to whoever sent the command. */
public final class Position {

    /** Somewhere: the store does not tell where. */
    public static final long UNTOLD = -1;

    private static final ScopedValue<Position> CURRENT = ScopedValue.newInstance();

    private long last;

    private Position() {}

    /** Runs the work, and says the last position that it appended at; 0 when it appended nothing, {@link #UNTOLD} when the store does not tell. */
    public static long of(Callable<?> work) throws Exception {
        var position = new Position();
        ScopedValue.where(CURRENT, position).call(work::call);
        return position.last;
    }

    /** The last position so far, within {@link #of}; 0 when nothing was appended. */
    public static long soFar() {
        return CURRENT.isBound() ? CURRENT.get().last : 0;
    }

    /** Something is being appended to a store that does not tell where. */
    public static void somewhere() {
        reached(UNTOLD);
    }

    static void reached(long position) {
        if (CURRENT.isBound()) {
            CURRENT.get().last = position;
        }
    }
}
