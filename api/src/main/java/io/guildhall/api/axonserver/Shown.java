package io.guildhall.api.axonserver;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * How far the read models have come, whichever processes feed them. Where that is this one alone, who waits is woken; otherwise one
 * of those who wait asks the database, every few milliseconds, for all of them.
 */
public final class Shown {

    private static final long PAUSE_NANOS = 2_000_000;

    private final Segments segments;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition progress = lock.newCondition();
    private volatile long known;
    private volatile int fedHere;
    private boolean asking;

    public Shown(JdbcTemplate jdbc) {
        this.segments = new Segments(jdbc);
    }

    /** The position that all read models are at; 0 when nothing has happened yet. */
    public long position() {
        Share all = segments.all();
        return all.isEmpty() ? 0 : all.lowest();
    }

    /** Waits until all of them show whatever one of them shows now; false when they do not by then. */
    public boolean level(Duration most) throws InterruptedException {
        Share all = segments.all();
        return all.isEmpty() || all.lowest() == all.highest() || await(all.highest(), most);
    }

    /** Of how many segments this process feeds the read models. */
    public int fedHere() {
        return fedHere;
    }

    /** What this process feeds is there; wakes those who wait in it. */
    void fed(Share share) {
        fedHere = share.size();
        reached(share.isAll() ? share.lowest() : 0);
    }

    private void reached(long position) {
        lock.lock();
        try {
            known = Math.max(known, position);
            progress.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the read models are at a position; false when they are not by then. */
    public boolean await(long position, Duration most) throws InterruptedException {
        long until = System.nanoTime() + most.toNanos();
        while (known < position) {
            if (System.nanoTime() - until > 0) {
                return false;
            }
            if (beginAsking()) {
                ask();
            }
        }
        return true;
    }

    /** Waits a little, and says whether nobody else asks the database. */
    private boolean beginAsking() throws InterruptedException {
        lock.lock();
        try {
            progress.awaitNanos(PAUSE_NANOS);
            if (asking) {
                return false;
            }
            asking = true;
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void ask() {
        try {
            reached(position());
        } finally {
            lock.lock();
            try {
                asking = false;
            } finally {
                lock.unlock();
            }
        }
    }
}
