package io.guildhall.infrastructure.eventstore;

import io.guildhall.domain.shared.Snapshottable;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.AggregateFactory;
import org.axonframework.eventsourcing.AggregateSnapshotter;
import org.axonframework.eventsourcing.GenericAggregateFactory;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates snapshots in a background thread. Stores the record that the aggregate returns of its state instead of the
 * aggregate.
 */
public final class RecordSnapshotter extends AggregateSnapshotter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RecordSnapshotter.class);
    private static final long TERMINATION_TIMEOUT_SECONDS = 5;

    private final ExecutorService executor;

    private RecordSnapshotter(Builder builder, ExecutorService executor) {
        super(builder);
        this.executor = executor;
    }

    @SafeVarargs
    public static RecordSnapshotter of(
            EventStore events, TransactionManager transactions, Class<? extends Snapshottable>... types) {
        ExecutorService executor = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("snapshots").factory());
        List<AggregateFactory<?>> factories = Stream.of(types)
                .<AggregateFactory<?>>map(GenericAggregateFactory::new)
                .toList();
        return new RecordSnapshotter(
                builder()
                        .eventStore(events)
                        .transactionManager(transactions)
                        .executor(task -> executeUnlessShutdown(executor, task))
                        .aggregateFactories(factories),
                executor);
    }

    /** Ignores tasks during shutdown: called after a commit, which must not fail. */
    private static void executeUnlessShutdown(ExecutorService executor, Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException shutdown) {
            LOG.debug("Shutting down: no snapshot is created", shutdown);
        }
    }

    @Override
    protected DomainEventMessage<?> createSnapshot(Class<?> type, String stream, DomainEventStream events) {
        DomainEventMessage<?> original = super.createSnapshot(type, stream, events);
        return new GenericDomainEventMessage<>(
                original.getType(),
                original.getAggregateIdentifier(),
                original.getSequenceNumber(),
                ((Snapshottable) original.getPayload()).snapshot());
    }

    /** Discards waiting tasks; their snapshots are created later. */
    @Override
    public void close() throws InterruptedException {
        executor.shutdownNow();
        executor.awaitTermination(TERMINATION_TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }
}
