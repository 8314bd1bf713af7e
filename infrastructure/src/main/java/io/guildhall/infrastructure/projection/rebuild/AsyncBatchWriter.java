package io.guildhall.infrastructure.projection.rebuild;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs tasks one after another in a thread of its own, so that a batch is written while the caller prepares the next
 * one.
 */
final class AsyncBatchWriter implements AutoCloseable {

    private final ExecutorService writer = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("rebuild-writer").daemon().factory());

    private Future<?> previous = CompletableFuture.completedFuture(null);

    /**
     * Submits a task after the previous one has ended. Rethrows what the previous one threw, without running this one.
     */
    void submit(Runnable task) {
        await();
        previous = writer.submit(task);
    }

    void await() {
        await(previous);
    }

    /** Waits for a task and rethrows what it threw. */
    static void await(Future<?> work) {
        try {
            work.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                case null, default -> throw new IllegalStateException(e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a rebuild waits for its database", e);
        }
    }

    /** Waits for the running task. */
    @Override
    public void close() {
        writer.close();
    }
}
