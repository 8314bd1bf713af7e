package io.guildhall.infrastructure.eventstore;

import java.util.concurrent.Callable;

/** How far a command's events reached in the global order; told from the append to whoever sent the command. */
public final class AppendScope {

    private static final ScopedValue<AppendScope> CURRENT = ScopedValue.newInstance();

    private AppendResult last = AppendResult.NOTHING;

    private AppendScope() {}

    /** Runs the work, and says what it has appended. */
    public static AppendResult of(Callable<?> work) throws Exception {
        var position = new AppendScope();
        ScopedValue.where(CURRENT, position).call(work::call);
        return position.last;
    }

    /** The last position so far, within {@link #of}, as {@link AppendResult#position} has it. */
    public static long soFar() {
        return CURRENT.isBound() ? CURRENT.get().last.position() : 0;
    }

    /** Something is being appended. */
    public static void reached(AppendResult appendResult) {
        if (CURRENT.isBound()) {
            CURRENT.get().last = appendResult.after(CURRENT.get().last);
        }
    }
}
