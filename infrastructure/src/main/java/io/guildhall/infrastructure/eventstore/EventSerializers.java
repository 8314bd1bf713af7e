package io.guildhall.infrastructure.eventstore;

import org.axonframework.serialization.Serializer;

/** Creates the serializer of events. */
public final class EventSerializers {

    private EventSerializers() {}

    /** Supports additive changes: a missing field is null, an unknown field is ignored. */
    public static Serializer serializer() {
        return new AllowListSerializer();
    }
}
