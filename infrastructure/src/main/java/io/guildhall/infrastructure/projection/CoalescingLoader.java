package io.guildhall.infrastructure.projection;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds by key, all that several threads ask for at the same moment in one go. Nothing is remembered: what is found was looked
 * up after it was asked for. Who comes while nobody looks does so at once, for itself; who comes meanwhile waits, and one of
 * those who wait looks for all of them.
 *
 * @param <K> what is looked up, with a sound {@code equals}
 * @param <V> what is found
 */
public final class CoalescingLoader<K, V> {

    private static final int MOST_AT_ONCE = 128;

    private final Function<List<K>, Map<K, V>> find;
    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<Ask<K, V>> waiting = new ArrayDeque<>();
    private boolean looking;

    /** @param find finds some of these keys, each of them once in the list; must not wait for anything that asks here */
    public CoalescingLoader(Function<List<K>, Map<K, V>> find) {
        this.find = find;
    }

    /**
     * What is found for a key, or null. What the look-up throws is thrown to each who waited for it.
     */
    public @Nullable V find(K key) {
        var mine = new Ask<K, V>(key);
        if (!begin(mine)) {
            mine.await();
        }
        if (!mine.done) {
            look();
        }
        return mine.answer();
    }

    /** Whether this thread is to look at once. */
    private boolean begin(Ask<K, V> ask) {
        lock.lock();
        try {
            waiting.add(ask);
            boolean first = !looking;
            looking = true;
            return first;
        } finally {
            lock.unlock();
        }
    }

    private void look() {
        List<Ask<K, V>> batch = take();
        try {
            Map<K, V> found =
                    find.apply(batch.stream().map(ask -> ask.key).distinct().toList());
            batch.forEach(ask -> ask.found = found.get(ask.key));
        } catch (RuntimeException | Error failure) {
            batch.forEach(ask -> ask.failure = failure);
        } finally {
            handOver();
            batch.forEach(Ask::end);
        }
    }

    private List<Ask<K, V>> take() {
        lock.lock();
        try {
            List<Ask<K, V>> batch = new ArrayList<>(waiting.size());
            while (!waiting.isEmpty() && batch.size() < MOST_AT_ONCE) {
                batch.add(waiting.remove());
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /** To the first of those who came meanwhile. */
    private void handOver() {
        Ask<K, V> next;
        lock.lock();
        try {
            next = waiting.peek();
            looking = next != null;
        } finally {
            lock.unlock();
        }
        if (next != null) {
            next.lead();
        }
    }

    private static final class Ask<K, V> {

        private final K key;
        private final Thread thread = Thread.currentThread();
        private volatile boolean leads;
        private volatile boolean done;
        private @Nullable V found;
        private @Nullable Throwable failure;

        Ask(K key) {
            this.key = key;
        }

        /** Until it is done, or its thread's turn to look. An interrupt is kept for later: the look-up is a short one. */
        void await() {
            boolean interrupted = false;
            while (!done && !leads) {
                LockSupport.park(this);
                interrupted |= Thread.interrupted();
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        void lead() {
            leads = true;
            LockSupport.unpark(thread);
        }

        void end() {
            done = true;
            LockSupport.unpark(thread);
        }

        @Nullable V answer() {
            if (failure instanceof Error error) {
                throw error;
            }
            if (failure instanceof RuntimeException exception) {
                throw exception;
            }
            return found;
        }
    }
}
