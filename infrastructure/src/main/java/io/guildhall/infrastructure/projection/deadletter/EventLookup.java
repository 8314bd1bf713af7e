package io.guildhall.infrastructure.projection.deadletter;

import org.axonframework.eventhandling.DomainEventMessage;

/** Finds an event by its global position. */
@FunctionalInterface
public interface EventLookup {

    /** @throws IllegalStateException if there is none */
    DomainEventMessage<?> position(long position);
}
