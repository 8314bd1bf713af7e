package io.guildhall.infrastructure.projection.deadletter;

import org.axonframework.eventhandling.DomainEventMessage;

/** Finds the event at a place in the global order. */
@FunctionalInterface
public interface EventLookup {

    /** @throws IllegalStateException when there is none */
    DomainEventMessage<?> position(long position);
}
