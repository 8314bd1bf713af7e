package io.guildhall.infrastructure.observability;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The ids that each log line and trace shows of its request. None of them names a person or grants access (R20: personal data is
 * never in clear text).
 */
public final class LogContext {

    public static final String REQUEST = "request";

    /** A user's id, or {@link #OPERATOR}. */
    public static final String ACTOR = "actor";

    /** The id of the API token that was used, not its value. */
    public static final String TOKEN = "token";

    public static final String ORGANIZATION = "organization";

    public static final String OPERATOR = "operator";

    private LogContext() {}

    public static void caller(@Nullable UUID user, @Nullable UUID token, @Nullable UUID organization) {
        put(ACTOR, user);
        put(TOKEN, token);
        put(ORGANIZATION, organization);
    }

    public static void operator() {
        MDC.put(ACTOR, OPERATOR);
    }

    public static void clear() {
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
