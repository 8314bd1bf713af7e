package io.guildhall.infrastructure.axonserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.axoniq.axonserver.connector.AxonServerConnection;
import io.axoniq.axonserver.connector.Registration;
import io.axoniq.axonserver.connector.query.QueryChannel;
import io.grpc.Status;
import java.util.concurrent.CompletableFuture;
import org.axonframework.axonserver.connector.AxonServerConfiguration;
import org.axonframework.axonserver.connector.AxonServerConnectionManager;
import org.axonframework.axonserver.connector.query.AxonServerQueryBus;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.GenericQueryMessage;
import org.axonframework.queryhandling.QueryResponseMessage;
import org.axonframework.queryhandling.SimpleQueryBus;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

class LocalFallbackQueryBusTest {

    @Test
    void answersItselfWhileTheServerIsAway() {
        QueryChannel channel = mock(QueryChannel.class);
        when(channel.registerQueryHandler(Mockito.any(), Mockito.any())).thenReturn(mock(Registration.class));
        when(channel.query(Mockito.any())).thenThrow(Status.UNAVAILABLE.asRuntimeException());
        AxonServerConnection connection = mock(AxonServerConnection.class);
        when(connection.queryChannel()).thenReturn(channel);
        AxonServerConnectionManager connections = mock(AxonServerConnectionManager.class);
        when(connections.getConnection(anyString())).thenReturn(connection);
        SimpleQueryBus here = SimpleQueryBus.builder().build();
        var serializer = Jackson3Serializer.builder().build();
        var queries = new LocalFallbackQueryBus(AxonServerQueryBus.builder()
                .configuration(AxonServerConfiguration.builder().build())
                .axonServerConnectionManager(connections)
                .messageSerializer(serializer)
                .genericSerializer(serializer)
                .localSegment(here)
                .updateEmitter(here.queryUpdateEmitter()));
        queries.subscribe("greet", String.class, query -> "hello " + query.getPayload());

        CompletableFuture<QueryResponseMessage<String>> answer =
                queries.query(new GenericQueryMessage<>("Ada", "greet", ResponseTypes.instanceOf(String.class)));

        assertThat(answer)
                .succeedsWithin(java.time.Duration.ofSeconds(2))
                .extracting(QueryResponseMessage::getPayload)
                .isEqualTo("hello Ada");
    }
}
