package io.guildhall.api.axonserver;

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
 * Lets the Axon Server choose who answers a query. All processes read the same read models: when the one chosen does not answer, or the
 * server is away, this one does. So reading does not depend on the server, and what fails, fails here, as what it is.
 */
public final class ServerQueries extends AxonServerQueryBus {

    private static final Logger LOG = LoggerFactory.getLogger(ServerQueries.class);

    /** Longer than any of our queries takes. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final ServerReach reach;

    public ServerQueries(Builder builder, ServerReach reach) {
        super(builder);
        this.reach = reach;
    }

    @Override
    public <Q, R> CompletableFuture<QueryResponseMessage<R>> query(@Nonnull QueryMessage<Q, R> query) {
        if (reach.isLost()) {
            return localSegment().query(query);
        }
        CompletableFuture<QueryResponseMessage<R>> asked = new CompletableFuture<>();
        try {
            asked = super.query(query);
        } catch (RuntimeException refused) {
            asked.completeExceptionally(refused);
        }
        return asked.thenApply(ServerQueries::read)
                .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                // Not in the thread that has noticed: it is the only one of its kind.
                .exceptionallyComposeAsync(
                        failure -> {
                            LOG.debug("{} is answered here: {}", query.getQueryName(), failure.toString());
                            return localSegment().query(query);
                        },
                        Thread::startVirtualThread);
    }

    /** A null answer is one. */
    private static <R> QueryResponseMessage<R> read(QueryResponseMessage<R> answer) {
        // Read here and now: what cannot be read was not answered.
        answer.getPayload();
        return answer;
    }
}
