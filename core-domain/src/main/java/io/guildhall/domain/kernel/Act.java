package io.guildhall.domain.kernel;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.axonframework.messaging.MetaData;
import org.jspecify.annotations.Nullable;

/**
 * Who acts, by which API token, in which request: the metadata of every command and of every event that it leads to (R19).
 *
 * @param type ACCOUNT, OPERATOR or SYSTEM
 * @param account the acting account; null for operators, the system, and tokens of type ORGANIZATION
 * @param token the API token that was used, or null; it must work in the organization that is acted in
 * @param via the API token that the session was made with, or null; it must work in that organization, too
 * @param request the id of the HTTP request, or null
 */
public record Act(
        Type type,
        @Nullable UUID account,
        @Nullable UUID token,
        @Nullable UUID via,
        @Nullable String request) {

    public static final String ACTOR_TYPE = "actorType";
    public static final String ACTOR = "actor";
    public static final String TOKEN = "token";
    public static final String VIA = "via";
    public static final String REQUEST = "request";

    public enum Type {
        ACCOUNT,
        OPERATOR,
        SYSTEM
    }

    public static Act bySystem() {
        return new Act(Type.SYSTEM, null, null, null, null);
    }

    public static Act byOperator(@Nullable String request) {
        return new Act(Type.OPERATOR, null, null, null, request);
    }

    public static Act byAccount(@Nullable UUID account, @Nullable UUID token, @Nullable String request) {
        return new Act(Type.ACCOUNT, account, token, null, request);
    }

    /** The same in a session that was made with an API token. */
    public Act inSessionOf(@Nullable UUID apiToken) {
        return new Act(type, account, token, apiToken, request);
    }

    /** What the trail names (R19): the API token that was used, or that the session was made with; or null. */
    public @Nullable UUID anyToken() {
        return token == null ? via : token;
    }

    /** Reads what {@link #toMetaData()} wrote; messages without it are the system's. */
    public static Act from(MetaData metaData) {
        return new Act(
                metaData.get(ACTOR_TYPE) instanceof String type ? Type.valueOf(type) : Type.SYSTEM,
                metaData.get(ACTOR) instanceof String actor ? UUID.fromString(actor) : null,
                metaData.get(TOKEN) instanceof String token ? UUID.fromString(token) : null,
                metaData.get(VIA) instanceof String via ? UUID.fromString(via) : null,
                metaData.get(REQUEST) instanceof String request ? request : null);
    }

    public MetaData toMetaData() {
        Map<String, Object> entries = new HashMap<>();
        entries.put(ACTOR_TYPE, type.name());
        if (account != null) {
            entries.put(ACTOR, account.toString());
        }
        if (token != null) {
            entries.put(TOKEN, token.toString());
        }
        if (via != null) {
            entries.put(VIA, via.toString());
        }
        if (request != null) {
            entries.put(REQUEST, request);
        }
        return MetaData.from(entries);
    }
}
