package io.guildhall.infrastructure.projection;

import io.guildhall.domain.shared.DomainEvent;
import java.util.UUID;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.async.SequencingPolicy;

/** Events of one trail are projected in their order; events of a claim, which are in no trail, in the order of their stream. */
public final class TrailSequencingPolicy implements SequencingPolicy<EventMessage<?>> {

    @Override
    public Object getSequenceIdentifierFor(EventMessage<?> event) {
        return event instanceof DomainEventMessage<?> stored ? sequenceOf(stored) : event.getIdentifier();
    }

    /** The id of the event's trail, or else of its stream. */
    public static String sequenceOf(DomainEventMessage<?> event) {
        UUID trail = DomainEvent.trailOf(event);
        return trail == null ? event.getAggregateIdentifier() : trail.toString();
    }
}
