package io.guildhall.api.axonserver;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * How far the read models have come, whichever process feeds them. Where that is this one, who waits is woken; otherwise one of
 * those who wait asks the database, every few milliseconds, for all of them.
 */
public final class Shown {

    private static final long PAUSE_NANOS = 2_000_000;

    private final JdbcTemplate jdbc;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition progress = lock.newCondition();
    private volatile long known;
    private boolean asking;

    public Shown(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** The position that the read models are at; 0 when nothing has happened yet. */
    public long position() {
        Long position = first("select position from read_models_position");
        return position == null ? 0 : position;
    }

    /** Tells those who wait in this process. */
    void reached(long position) {
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

    private @Nullable Long first(String sql) {
        var found = jdbc.queryForList(sql, Long.class);
        return found.isEmpty() ? null : found.getFirst();
    }
}
