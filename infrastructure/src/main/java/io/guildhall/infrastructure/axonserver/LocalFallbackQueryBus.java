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
 * Lets the Axon Server choose the node that answers a query. All nodes read the same read models: when the chosen one does not answer, or
 * the server does not, this node answers. So reading does not depend on the server.
 */
public final class LocalFallbackQueryBus extends AxonServerQueryBus {

    private static final Logger LOG = LoggerFactory.getLogger(LocalFallbackQueryBus.class);

    /** Longer than any of the queries takes. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    public LocalFallbackQueryBus(Builder builder) {
        super(builder);
    }

    @Override
    public <Q, R> CompletableFuture<QueryResponseMessage<R>> query(@Nonnull QueryMessage<Q, R> query) {
        CompletableFuture<QueryResponseMessage<R>> answer = new CompletableFuture<>();
        try {
            answer = super.query(query);
        } catch (RuntimeException failure) {
            answer.completeExceptionally(failure);
        }
        return answer.thenApply(LocalFallbackQueryBus::deserialized)
                .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                // Not in the thread of the timeout: there is only one.
                .exceptionallyComposeAsync(
                        failure -> {
                            LOG.debug("{} is answered by this node: {}", query.getQueryName(), failure.toString());
                            return localSegment().query(query);
                        },
                        Thread::startVirtualThread);
    }

    /** An answer that cannot be read is a failure too; null is an answer. */
    private static <R> QueryResponseMessage<R> deserialized(QueryResponseMessage<R> answer) {
        answer.getPayload();
        return answer;
    }
}
