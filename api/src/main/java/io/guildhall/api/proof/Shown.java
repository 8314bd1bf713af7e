package io.guildhall.api.proof;

import io.guildhall.domain.kernel.Act;
import io.guildhall.query.activity.Said;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Compares an activity as it is shown with the event that it stands for. Names are looked up when it is shown: no event has them. */
final class Shown {

    private static final String EVENTS = "io.guildhall.domain.";

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private Shown() {}

    /** The first field that says something else than the event; null when there is none. */
    static @Nullable String lie(JsonNode activity, JsonNode event) {
        Map<String, @Nullable String> shown = new LinkedHashMap<>();
        shown.put("id", text(activity.path("id")));
        shown.put("sequence", text(activity.path("sequence")));
        shown.put("created_at", text(activity.path("created_at")));
        shown.put("actor.type", text(activity.at("/actor/type")));
        shown.put("actor.id", text(activity.at("/actor/id")));
        shown.put("verb", text(activity.path("verb")));
        shown.put("object.type", text(activity.at("/object/type")));
        shown.put("object.id", text(activity.at("/object/id")));
        Map<String, @Nullable String> stored = new LinkedHashMap<>();
        stored.put("id", text(event.path("id")));
        stored.put("sequence", text(event.path("sequence")));
        stored.put("created_at", text(event.path("time")));
        JsonNode act = event.path("act");
        String token = text(act.path(Act.TOKEN));
        String actor = text(act.path(Act.ACTOR));
        switch (String.valueOf(text(act.path(Act.ACTOR_TYPE)))) {
            case "ACCOUNT" -> {
                boolean byToken = actor == null && token != null;
                stored.put("actor.type", byToken ? "credential" : "user");
                stored.put("actor.id", byToken ? token : actor == null ? "" : actor);
            }
            case "OPERATOR" -> {
                stored.put("actor.type", "operator");
                stored.put("actor.id", "operator");
            }
            default -> {
                stored.put("actor.type", "system_user");
                stored.put("actor.id", "system");
            }
        }
        Said said = said(event);
        if (said == null) {
            return "verb";
        }
        stored.put("verb", said.verb());
        stored.put("object.type", said.objectType());
        stored.put("object.id", said.object().toString());
        for (var field : shown.entrySet()) {
            if (!String.valueOf(field.getValue()).equals(stored.get(field.getKey()))) {
                return field.getKey();
            }
        }
        Map<String, Object> metadata = new LinkedHashMap<>(said.facts());
        if (token != null) {
            metadata.put("auth_token_ref", "credential:" + token);
        }
        String request = text(act.path(Act.REQUEST));
        if (request != null) {
            metadata.put("request_id", request);
        }
        return JSON.valueToTree(metadata).equals(activity.path("metadata")) ? null : "metadata";
    }

    private static @Nullable Said said(JsonNode event) {
        String type = String.valueOf(text(event.path("type")));
        if (!type.startsWith(EVENTS)) {
            return null;
        }
        try {
            return Said.of(JSON.treeToValue(event.path("payload"), Class.forName(type)));
        } catch (ClassNotFoundException | JacksonException e) {
            return null;
        }
    }

    private static @Nullable String text(JsonNode node) {
        return node.isMissingNode() || node.isNull() ? null : node.asString();
    }
}
