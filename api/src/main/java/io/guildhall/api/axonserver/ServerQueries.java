package io.guildhall.api.axonserver;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.annotation.Nonnull;
import org.axonframework.axonserver.connector.query.AxonServerQueryBus;
import org.axonframework.queryhandling.QueryMessage;
import org.axonframework.queryhandling.QueryResponseMessage;

/**
 * Lets the Axon Server choose who answers a query. All processes read the same read models: when the one chosen does not answer, or the
 * server is away, this one does. So reading does not depend on the server, and what fails, fails here, as what it is.
 */
public final class ServerQueries extends AxonServerQueryBus {

    /** Longer than any of our queries takes. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    public ServerQueries(Builder builder) {
        super(builder);
    }

    @Override
    public <Q, R> CompletableFuture<QueryResponseMessage<R>> query(@Nonnull QueryMessage<Q, R> query) {
        CompletableFuture<QueryResponseMessage<R>> asked = new CompletableFuture<>();
        try {
            asked = super.query(query);
        } catch (RuntimeException refused) {
            asked.completeExceptionally(refused);
        }
        return asked.thenApply(ServerQueries::read)
                .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionallyCompose(failure -> localSegment().query(query));
    }

    /** A null answer is one. */
    private static <R> QueryResponseMessage<R> read(QueryResponseMessage<R> answer) {
        // Read here and now: what cannot be read was not answered.
        answer.getPayload();
        return answer;
    }
}
