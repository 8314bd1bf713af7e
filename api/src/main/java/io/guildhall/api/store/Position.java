package io.guildhall.api.store;

import java.util.concurrent.Callable;

/** How far a command's events reached in the global order; told from the append to whoever sent the command. */
public final class Position {

    private static final ScopedValue<Position> CURRENT = ScopedValue.newInstance();

    private Appended last = Appended.NOTHING;

    private Position() {}

    /** Runs the work, and says what it has appended. */
    public static Appended of(Callable<?> work) throws Exception {
        var position = new Position();
        ScopedValue.where(CURRENT, position).call(work::call);
        return position.last;
    }

    /** The last position so far, within {@link #of}, as {@link Appended#position} has it. */
    public static long soFar() {
        return CURRENT.isBound() ? CURRENT.get().last.position() : 0;
    }

    /** Something is being appended. */
    public static void reached(Appended appended) {
        if (CURRENT.isBound()) {
            CURRENT.get().last = appended.after(CURRENT.get().last);
        }
    }
}
