package io.guildhall.infrastructure.projection;

import io.guildhall.domain.shared.DomainEvent;
import java.util.UUID;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.async.SequencingPolicy;

/**
 * Processes events of one trail in order, and events of claims, which have no trail, in the order of their aggregate.
 */
public final class TrailSequencingPolicy implements SequencingPolicy<EventMessage<?>> {

    @Override
    public Object getSequenceIdentifierFor(EventMessage<?> event) {
        return event instanceof DomainEventMessage<?> stored ? sequenceOf(stored) : event.getIdentifier();
    }

    /** Returns the id of the event's trail, or of its aggregate if it has none. */
    public static String sequenceOf(DomainEventMessage<?> event) {
        UUID trail = DomainEvent.trailOf(event);
        return trail == null ? event.getAggregateIdentifier() : trail.toString();
    }
}
