package io.guildhall.infrastructure.axonserver;

import io.guildhall.infrastructure.eventstore.SnapshotRevisions;
import org.axonframework.axonserver.connector.AxonServerConfiguration;
import org.axonframework.axonserver.connector.AxonServerConnectionManager;
import org.axonframework.axonserver.connector.event.axon.AxonServerEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcaster;

/** Creates Axon's event store on an Axon Server. */
public final class AxonServerEventStoreFactory {

    private AxonServerEventStoreFactory() {}

    /** @param upcasters applied to all events read, for aggregates and read models */
    public static EventStore create(
            AxonServerConfiguration configuration,
            AxonServerConnectionManager connections,
            Serializer serializer,
            EventUpcaster upcasters) {
        return AxonServerEventStore.builder()
                .configuration(configuration)
                .platformConnectionManager(connections)
                .eventSerializer(serializer)
                .snapshotSerializer(serializer)
                .snapshotFilter(SnapshotRevisions.FILTER)
                .upcasterChain(upcasters)
                .build();
    }
}
