package io.guildhall.infrastructure.command;

import io.guildhall.infrastructure.datasource.StoreUnavailableException;
import io.guildhall.infrastructure.eventstore.AppendResult;
import java.time.Duration;

/** How far the read models go in the global order of events. */
public interface ReadModelProgress {

    /** The last position that they show; 0 when nothing has happened yet. */
    long head();

    /** The position of the last event that there is, shown or not; 0 when nothing has happened yet. */
    long last();

    /**
     * What the read models do not show yet.
     *
     * @param events how many
     * @param time since the oldest of them happened
     */
    record Lag(long events, Duration time) {

        public static final Lag NOTHING = new Lag(0, Duration.ZERO);
    }

    /** Waits until all read models show the events up to a position; false when they do not by then. */
    boolean await(long position, Duration most) throws InterruptedException;

    /**
     * Waits until all read models show whatever one of them shows now: for who reads several, and tells others what they say.
     *
     * @return false when they do not show it yet
     */
    boolean level() throws InterruptedException;

    /** Of how many segments of the streams this process feeds the read models; 0 where nobody has to. */
    int segments();

    /** How far they are behind the events. */
    Lag behind();

    /**
     * Returns once the read models show, to every process, what a command has appended.
     *
     * @return a position from which on all of it is shown; 0 for a command that appended nothing
     * @throws StoreUnavailableException when they do not show it yet: the command may well be carried out
     */
    long show(AppendResult appendResult);
}
