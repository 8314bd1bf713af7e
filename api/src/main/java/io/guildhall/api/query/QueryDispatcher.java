package io.guildhall.api.query;

import io.guildhall.api.error.RequestRejectionException;
import java.util.concurrent.CompletionException;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Sends queries to the read models. */
@Component
public class QueryDispatcher {

    private final QueryGateway gateway;

    QueryDispatcher(QueryGateway gateway) {
        this.gateway = gateway;
    }

    /** The answer, or null when there is none. */
    public <V> @Nullable V find(Object query, Class<V> view) {
        try {
            return gateway.query(query, ResponseTypes.instanceOf(view)).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    /** The answer of a query that always has one, such as a list. */
    public <V> V ask(Object query, Class<V> view) {
        V answer = find(query, view);
        if (answer == null) {
            throw new IllegalStateException("No answer to " + query.getClass().getSimpleName());
        }
        return answer;
    }

    /** The answer, or a 404 that says what there is none of. */
    public <V> V require(Object query, Class<V> view, String what) {
        V answer = find(query, view);
        if (answer == null) {
            throw RequestRejectionException.notFound(what);
        }
        return answer;
    }
}
