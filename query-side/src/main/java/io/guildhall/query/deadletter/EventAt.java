package io.guildhall.query.deadletter;

import org.axonframework.eventhandling.DomainEventMessage;

/** Finds the event at a place in the global order. */
@FunctionalInterface
public interface EventAt {

    /** @throws IllegalStateException when there is none */
    DomainEventMessage<?> position(long position);
}
