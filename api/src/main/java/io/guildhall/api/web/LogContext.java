package io.guildhall.api.web;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * What each log line, and the trace, says of the request that it belongs to: ids, of which none tells who somebody is or opens
 * anything (R20).
 */
final class LogContext {

    static final String REQUEST = "request";

    /** A user's id, or {@link #OPERATOR}. */
    static final String ACTOR = "actor";

    /** The id of the API token that was used, not its value. */
    static final String TOKEN = "token";

    static final String ORGANIZATION = "organization";

    static final String OPERATOR = "operator";

    private LogContext() {}

    static void admitted(Caller caller) {
        put(ACTOR, caller.userIfAny());
        put(TOKEN, caller.sessionToken());
        put(ORGANIZATION, caller.organizationIfAny());
    }

    static void admittedOperator() {
        MDC.put(ACTOR, OPERATOR);
    }

    static void clear() {
        MDC.remove(REQUEST);
        MDC.remove(ACTOR);
        MDC.remove(TOKEN);
        MDC.remove(ORGANIZATION);
    }

    private static void put(String key, @Nullable UUID id) {
        if (id != null) {
            MDC.put(key, id.toString());
        }
    }
}
