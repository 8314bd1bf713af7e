package io.guildhall.infrastructure.axonserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.google.protobuf.ByteString;
import io.axoniq.axonserver.connector.AxonServerConnection;
import io.axoniq.axonserver.connector.event.AggregateEventStream;
import io.axoniq.axonserver.connector.event.EventChannel;
import io.axoniq.axonserver.connector.event.EventStream;
import io.axoniq.axonserver.grpc.SerializedObject;
import io.axoniq.axonserver.grpc.event.Event;
import io.axoniq.axonserver.grpc.event.EventWithToken;
import io.guildhall.infrastructure.eventstore.EventSerializers;
import io.guildhall.infrastructure.eventstore.FormerMemberInvited;
import java.util.UUID;
import java.util.stream.Stream;
import org.axonframework.axonserver.connector.AxonServerConfiguration;
import org.axonframework.axonserver.connector.AxonServerConnectionManager;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Former versions of events on an Axon Server are upcast wherever they are read. */
class AxonServerUpcastingTest {

    private final UUID organization = UUID.randomUUID();
    private final EventChannel server = mock();
    private final AxonServerConnectionManager connections = mock();
    private final EventStore events = AxonServerEventStoreFactory.create(
            AxonServerConfiguration.builder().build(),
            connections,
            EventSerializers.serializer(),
            FormerMemberInvited.upcasters());

    private final Event former = Event.newBuilder()
            .setMessageIdentifier(UUID.randomUUID().toString())
            .setAggregateType("Organization")
            .setAggregateIdentifier(organization.toString())
            .setTimestamp(1)
            .setPayload(SerializedObject.newBuilder()
                    .setType(FormerMemberInvited.TYPE)
                    .setRevision(FormerMemberInvited.VERSION)
                    .setData(ByteString.copyFromUtf8(FormerMemberInvited.payload(organization))))
            .build();

    @BeforeEach
    void connect() {
        AxonServerConnection connection = mock();
        when(connections.getConnection()).thenReturn(connection);
        when(connections.getConnection(any())).thenReturn(connection);
        when(connection.eventChannel()).thenReturn(server);
    }

    @Test
    void forAggregates() {
        AggregateEventStream stream = mock();
        when(stream.asStream()).thenReturn(Stream.of(former));
        when(server.openAggregateStream(organization.toString(), 0)).thenReturn(stream);

        assertThat(events.readEvents(organization.toString(), 0).asStream())
                .singleElement()
                .satisfies(event -> FormerMemberInvited.assertUpcast(event, organization));
    }

    @Test
    void forReadModels() {
        EventStream stream = mock();
        when(stream.nextIfAvailable())
                .thenReturn(EventWithToken.newBuilder().setEvent(former).build());
        when(server.openStream(anyLong(), anyInt(), anyInt(), anyBoolean())).thenReturn(stream);

        assertThat(new AxonServerEventReader(events).readStored(0, 1, 1))
                .singleElement()
                .satisfies(stored -> FormerMemberInvited.assertUpcast(stored.event(), organization));
    }
}
