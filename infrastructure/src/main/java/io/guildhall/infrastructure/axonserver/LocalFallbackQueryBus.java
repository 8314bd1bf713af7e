package io.guildhall.infrastructure.axonserver;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.annotation.Nonnull;
import org.axonframework.axonserver.connector.query.AxonServerQueryBus;
import org.axonframework.queryhandling.QueryMessage;
import org.axonframework.queryhandling.QueryResponseMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Query bus that falls back to this node. Normally the Axon Server chooses the node that answers. All nodes have the
 * same read models, so this node answers if the server or the chosen node does not: queries do not depend on the
 * server.
 */
public final class LocalFallbackQueryBus extends AxonServerQueryBus {

    private static final Logger LOG = LoggerFactory.getLogger(LocalFallbackQueryBus.class);

    /** Longer than any query takes. */
    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    public LocalFallbackQueryBus(Builder builder) {
        super(builder);
    }

    @Override
    public <Q, R> CompletableFuture<QueryResponseMessage<R>> query(@Nonnull QueryMessage<Q, R> query) {
        CompletableFuture<QueryResponseMessage<R>> response = new CompletableFuture<>();
        try {
            response = super.query(query);
        } catch (RuntimeException failure) {
            response.completeExceptionally(failure);
        }
        return response.thenApply(LocalFallbackQueryBus::deserialized)
                .orTimeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                // Not in the timeout's thread, of which there is only one.
                .exceptionallyComposeAsync(
                        failure -> {
                            LOG.debug(
                                    "This node answers {} after a failure: {}",
                                    query.getQueryName(),
                                    failure.toString());
                            return localSegment().query(query);
                        },
                        Thread::startVirtualThread);
    }

    /** Fails if the response cannot be deserialized. A null payload is valid. */
    private static <R> QueryResponseMessage<R> deserialized(QueryResponseMessage<R> response) {
        response.getPayload();
        return response;
    }
}
