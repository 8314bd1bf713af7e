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
 * Axon's snapshotter, which reads an aggregate again in a thread of its own; what it stores is the record that the aggregate makes
 * of its state.
 */
public final class RecordSnapshotter extends AggregateSnapshotter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RecordSnapshotter.class);
    private static final long SECONDS_TO_END = 5;

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
                        .executor(task -> executeUnlessEnding(executor, task))
                        .aggregateFactories(factories),
                executor);
    }

    /** Asked after a commit, which must not fail for it. */
    private static void executeUnlessEnding(ExecutorService executor, Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException ending) {
            LOG.debug("No snapshot is made any more", ending);
        }
    }

    @Override
    protected DomainEventMessage<?> createSnapshot(Class<?> type, String stream, DomainEventStream events) {
        DomainEventMessage<?> whole = super.createSnapshot(type, stream, events);
        return new GenericDomainEventMessage<>(
                whole.getType(),
                whole.getAggregateIdentifier(),
                whole.getSequenceNumber(),
                ((Snapshottable) whole.getPayload()).snapshot());
    }

    /** A snapshot that is not made now is made later. */
    @Override
    public void close() throws InterruptedException {
        executor.shutdownNow();
        executor.awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS);
    }
}
