package io.guildhall.infrastructure.eventstore;

import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;

/** Repository of aggregates whose state is their last event. Loads only that event, however long the stream is. */
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
