package io.guildhall.infrastructure.eventstore;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.EventSourcedAggregate;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.NoSnapshotTriggerDefinition;
import org.axonframework.eventsourcing.SnapshotTriggerDefinition;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;

/**
 * Keeps aggregates in memory between commands, and on each load reads the events that came since: a decision is never made on
 * a state that another process has left behind, and a load is one index look-up however long the stream is. With {@link OptimisticReads},
 * an aggregate to which only this process has appended lately is used without a query, and the append verifies it.
 *
 * <p>An aggregate in use is taken out, and put back when its unit of work has ended with the state and the store agreeing;
 * after a lost race it is not, and is read again: the latest snapshot, and the events after it. Loads of one aggregate exclude each other in this process (Axon's pessimistic lock).
 */
public class CachingAggregateRepository<T> extends EventSourcingRepository<T> {

    /** @param alone whether no other process has appended to it since the load before */
    private record Kept(Object root, long version, boolean alone) {

        boolean isTrusted() {
            return alone && OptimisticReads.areAllowed();
        }
    }

    private final EventStore events;
    private final String type;
    private final Cache<String, Kept> kept;

    public CachingAggregateRepository(Class<T> type, EventStore events, long mostKept) {
        this(type, events, NoSnapshotTriggerDefinition.INSTANCE, mostKept);
    }

    /** @param snapshots when the store is to have a snapshot of an aggregate */
    public CachingAggregateRepository(
            Class<T> type, EventStore events, SnapshotTriggerDefinition snapshots, long mostKept) {
        super(builder(type).eventStore(events).snapshotTriggerDefinition(snapshots));
        this.events = events;
        this.type = type.getSimpleName();
        this.kept = Caffeine.newBuilder().maximumSize(mostKept).build();
    }

    @Override
    protected DomainEventStream readEvents(String stream) {
        Kept before = kept.asMap().remove(stream);
        if (before == null) {
            return readStored(stream);
        }
        DomainEventStream known =
                DomainEventStream.of(new GenericDomainEventMessage<>(type, stream, before.version(), before.root()));
        return before.isTrusted()
                ? known
                : DomainEventStream.concat(known, events.readEvents(stream, before.version() + 1));
    }

    /** An aggregate that is not in memory. */
    protected DomainEventStream readStored(String stream) {
        return super.readEvents(stream);
    }

    @Override
    protected EventSourcedAggregate<T> doLoadWithLock(String stream, Long expectedVersion) {
        // The one that is read from: under the lock of this aggregate nobody else takes it out.
        Kept before = kept.getIfPresent(stream);
        EventSourcedAggregate<T> aggregate = super.doLoadWithLock(stream, expectedVersion);
        Long loaded = aggregate.version();
        if (before != null && before.isTrusted()) {
            OptimisticReads.use();
            CurrentUnitOfWork.get().root().onPrepareCommit(work -> {
                if (loaded.equals(aggregate.version()) && isOutdated(stream, loaded)) {
                    throw new StaleAggregateException("Another process has appended to the " + type);
                }
            });
        }
        return keepAfterwards(aggregate, before != null && loaded.equals(before.version()));
    }

    /** Nothing is appended to it, which would have shown whether another process has. */
    private boolean isOutdated(String stream, long version) {
        return events.lastSequenceNumberFor(stream).orElse(-1L) != version;
    }

    @Override
    protected EventSourcedAggregate<T> doCreateNewForLock(java.util.concurrent.Callable<T> factory) throws Exception {
        return keepAfterwards(super.doCreateNewForLock(factory), true);
    }

    private EventSourcedAggregate<T> keepAfterwards(EventSourcedAggregate<T> aggregate, boolean alone) {
        Long loaded = aggregate.version();
        var work = CurrentUnitOfWork.get().root();
        work.afterCommit(ended -> keep(aggregate, alone));
        work.onRollback(ended -> {
            if (loaded != null && loaded.equals(aggregate.version())) {
                keep(aggregate, false);
            }
        });
        return aggregate;
    }

    private void keep(EventSourcedAggregate<T> aggregate, boolean alone) {
        Long version = aggregate.version();
        if (version != null && version >= 0) {
            kept.put(aggregate.identifierAsString(), new Kept(aggregate.getAggregateRoot(), version, alone));
        }
    }
}
