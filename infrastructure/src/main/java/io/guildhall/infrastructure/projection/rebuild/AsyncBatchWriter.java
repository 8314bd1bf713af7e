package io.guildhall.infrastructure.projection.rebuild;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does one thing after the other in a thread of its own, while whoever gave it prepares the next. */
final class AsyncBatchWriter implements AutoCloseable {

    private final ExecutorService writer = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("rebuild writes behind").daemon().factory());

    private Future<?> before = CompletableFuture.completedFuture(null);

    /** Waits for the one before; what that threw is thrown here, and nothing more is done. */
    void run(Runnable next) {
        await();
        before = writer.submit(next);
    }

    void await() {
        await(before);
    }

    /** Throws what was thrown there. */
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

    /** Waits for what is under way. */
    @Override
    public void close() {
        writer.close();
    }
}
