package io.guildhall.infrastructure.eventstore;

import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;

/** What translates former versions of stored events while they are read. What is stored, and so every proof, stays as it is. */
public final class EventUpcasters {

    private EventUpcasters() {}

    /** All upcasters, from the oldest version to the newest. There is none yet: every event has its first version. */
    public static EventUpcaster chain() {
        return new EventUpcasterChain();
    }
}
