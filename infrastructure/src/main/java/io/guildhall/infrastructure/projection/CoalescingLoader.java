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
 * Loads values by key and coalesces concurrent requests: keys that arrive while a load runs are loaded together by the
 * next one. Nothing is cached; a value is always read after it was requested. A request that finds no load running
 * starts one at once.
 *
 * @param <K> the key; must implement {@code equals}
 * @param <V> the value
 */
public final class CoalescingLoader<K, V> {

    private static final int MAX_BATCH_SIZE = 128;

    private final Function<List<K>, Map<K, V>> batchLoader;
    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<Request<K, V>> waiting = new ArrayDeque<>();
    private boolean loading;

    /** @param batchLoader loads the values of distinct keys, without those that have none; must not call this loader */
    public CoalescingLoader(Function<List<K>, Map<K, V>> batchLoader) {
        this.batchLoader = batchLoader;
    }

    /** Returns the value of a key, or null if there is none. Rethrows what the load threw, to every waiting request. */
    public @Nullable V find(K key) {
        var request = new Request<K, V>(key);
        if (!enqueue(request)) {
            request.await();
        }
        if (!request.done) {
            loadBatch();
        }
        return request.result();
    }

    /** @return whether this thread must load at once */
    private boolean enqueue(Request<K, V> request) {
        lock.lock();
        try {
            waiting.add(request);
            boolean first = !loading;
            loading = true;
            return first;
        } finally {
            lock.unlock();
        }
    }

    private void loadBatch() {
        List<Request<K, V>> batch = nextBatch();
        try {
            Map<K, V> found = batchLoader.apply(
                    batch.stream().map(request -> request.key).distinct().toList());
            batch.forEach(request -> request.found = found.get(request.key));
        } catch (RuntimeException | Error failure) {
            batch.forEach(request -> request.failure = failure);
        } finally {
            promoteNext();
            batch.forEach(Request::complete);
        }
    }

    private List<Request<K, V>> nextBatch() {
        lock.lock();
        try {
            List<Request<K, V>> batch = new ArrayList<>(waiting.size());
            while (!waiting.isEmpty() && batch.size() < MAX_BATCH_SIZE) {
                batch.add(waiting.remove());
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /** Lets the first waiting request load the next batch. */
    private void promoteNext() {
        Request<K, V> next;
        lock.lock();
        try {
            next = waiting.peek();
            loading = next != null;
        } finally {
            lock.unlock();
        }
        if (next != null) {
            next.promote();
        }
    }

    private static final class Request<K, V> {

        private final K key;
        private final Thread thread = Thread.currentThread();
        private volatile boolean isLeader;
        private volatile boolean done;
        private @Nullable V found;
        private @Nullable Throwable failure;

        Request(K key) {
            this.key = key;
        }

        /**
         * Waits until the value is loaded or this request is to load the next batch. Defers an interrupt until then.
         */
        void await() {
            boolean interrupted = false;
            while (!done && !isLeader) {
                LockSupport.park(this);
                interrupted |= Thread.interrupted();
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        void promote() {
            isLeader = true;
            LockSupport.unpark(thread);
        }

        void complete() {
            done = true;
            LockSupport.unpark(thread);
        }

        @Nullable V result() {
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
