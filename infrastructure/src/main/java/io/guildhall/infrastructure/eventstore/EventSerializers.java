package io.guildhall.infrastructure.eventstore;

import org.axonframework.serialization.Serializer;

/** How events are written down. */
public final class EventSerializers {

    private EventSerializers() {}

    /** Additive change only: what an older event lacks is null, what a newer one has more is ignored. */
    public static Serializer serializer() {
        return new AllowListSerializer();
    }
}
