package io.guildhall.api.store;

import java.util.concurrent.Callable;

/** How far a command's events reached in the global order; told from the append to whoever sent the command. */
public final class Position {

    private static final ScopedValue<Position> CURRENT = ScopedValue.newInstance();

    private long last;

    private Position() {}

    /** Runs the work, and says the last position that it appended at; 0 when it appended nothing. */
    public static long of(Callable<?> work) throws Exception {
        var position = new Position();
        ScopedValue.where(CURRENT, position).call(work::call);
        return position.last;
    }

    /** The last position so far, within {@link #of}; 0 when nothing was appended. */
    public static long soFar() {
        return CURRENT.isBound() ? CURRENT.get().last : 0;
    }

    static void reached(long position) {
        if (CURRENT.isBound()) {
            CURRENT.get().last = position;
        }
    }
}
