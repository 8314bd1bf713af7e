package io.guildhall.infrastructure.eventstore;

import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;

/** Upcasters of stored events. They run on reading; stored events and their proofs do not change. */
public final class EventUpcasters {

    private EventUpcasters() {}

    /** Returns all upcasters, oldest version first. Currently none: every event has version 1. */
    public static EventUpcaster chain() {
        return new EventUpcasterChain();
    }
}
