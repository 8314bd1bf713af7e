package io.guildhall.domain.shared;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.axonframework.messaging.MetaData;
import org.jspecify.annotations.Nullable;

/**
 * The actor of a command: metadata of the command and of its events (R19: the trail shows who, through which API token,
 * in which request).
 *
 * @param type USER, OPERATOR or SYSTEM
 * @param user the acting user; null for operators, the system, and tokens of type ORGANIZATION
 * @param token the API token used, or null; it must be valid in the organization
 * @param sessionToken the API token with which the session was created, or null; it must be valid in the organization,
 *     too
 * @param request the id of the HTTP request, or null
 */
public record ActorContext(
        Type type,
        @Nullable UUID user,
        @Nullable UUID token,
        @Nullable UUID sessionToken,
        @Nullable String request) {

    public static final String ACTOR_TYPE = "actorType";
    public static final String ACTOR = "actor";
    public static final String TOKEN = "token";
    public static final String SESSION_TOKEN = "sessionToken";
    public static final String REQUEST = "request";

    public enum Type {
        USER,
        OPERATOR,
        SYSTEM
    }

    public static ActorContext bySystem() {
        return new ActorContext(Type.SYSTEM, null, null, null, null);
    }

    public static ActorContext byOperator(@Nullable String request) {
        return new ActorContext(Type.OPERATOR, null, null, null, request);
    }

    public static ActorContext byUser(@Nullable UUID user, @Nullable UUID token, @Nullable String request) {
        return new ActorContext(Type.USER, user, token, null, request);
    }

    /** Returns the same actor in a session created with an API token. */
    public ActorContext inSessionOf(@Nullable UUID apiToken) {
        return new ActorContext(type, user, token, apiToken, request);
    }

    /** The API token that the trail shows: the one used, or the one with which the session was created; or null. */
    public @Nullable UUID effectiveToken() {
        return token == null ? sessionToken : token;
    }

    /** Reads {@link #toMetaData()}; a message without it comes from the system. */
    public static ActorContext from(MetaData metaData) {
        return new ActorContext(
                metaData.get(ACTOR_TYPE) instanceof String type ? Type.valueOf(type) : Type.SYSTEM,
                metaData.get(ACTOR) instanceof String actor ? UUID.fromString(actor) : null,
                metaData.get(TOKEN) instanceof String token ? UUID.fromString(token) : null,
                metaData.get(SESSION_TOKEN) instanceof String sessionToken ? UUID.fromString(sessionToken) : null,
                metaData.get(REQUEST) instanceof String request ? request : null);
    }

    public MetaData toMetaData() {
        Map<String, Object> entries = new HashMap<>();
        entries.put(ACTOR_TYPE, type.name());
        if (user != null) {
            entries.put(ACTOR, user.toString());
        }
        if (token != null) {
            entries.put(TOKEN, token.toString());
        }
        if (sessionToken != null) {
            entries.put(SESSION_TOKEN, sessionToken.toString());
        }
        if (request != null) {
            entries.put(REQUEST, request);
        }
        return MetaData.from(entries);
    }
}
