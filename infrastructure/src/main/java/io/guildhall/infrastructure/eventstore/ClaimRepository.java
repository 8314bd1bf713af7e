package io.guildhall.infrastructure.eventstore;

import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;

/** Aggregates whose latest event says all: nothing else is read of their streams, however long these are. */
public final class ClaimRepository<T> extends CachingAggregateRepository<T> {

    private final EventStore events;

    public ClaimRepository(Class<T> type, EventStore events, long mostKept) {
        super(type, events, mostKept);
        this.events = events;
    }

    @Override
    protected DomainEventStream readStored(String stream) {
        return events.lastSequenceNumberFor(stream)
                .map(last -> events.readEvents(stream, last))
                .orElseGet(DomainEventStream::empty);
    }
}
