package io.guildhall.cli.trail;

import io.guildhall.domain.EventTypes;
import io.guildhall.domain.shared.ActorContext;
import io.guildhall.query.activity.ActivityDescription;
import java.util.LinkedHashMap;
import java.util.Map;
import org.axonframework.messaging.MetaData;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Compares an exported activity with its event. Names are not compared: events do not contain them. */
final class ActivityComparison {

    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private ActivityComparison() {}

    /** The first field that differs from the event; null when none differs. */
    static @Nullable String mismatch(JsonNode activity, JsonNode event) {
        ActivityDescription said = said(event);
        if (said == null) {
            return "verb";
        }
        Map<String, JsonNode> stored = new LinkedHashMap<>();
        stored.put("/id", event.path("id"));
        stored.put("/sequence", event.path("sequence"));
        stored.put("/created_at", event.path("time"));
        stored.put("/actor/type", JSON.valueToTree(said.actorType()));
        stored.put("/actor/id", JSON.valueToTree(said.actorId()));
        stored.put("/event", JSON.valueToTree(said.event()));
        stored.put("/verb", JSON.valueToTree(said.verb()));
        stored.put("/object/type", JSON.valueToTree(said.objectType()));
        stored.put("/object/id", JSON.valueToTree(said.object()));
        stored.put("/metadata", JSON.valueToTree(said.metadata()));
        return stored.entrySet().stream()
                .filter(field -> !field.getValue().equals(activity.at(field.getKey())))
                .map(field -> field.getKey().substring(1).replace('/', '.'))
                .findFirst()
                .orElse(null);
    }

    /** Null for an event that this version does not know. */
    private static @Nullable ActivityDescription said(JsonNode event) {
        Class<?> type = EventTypes.find(event.path("type").asString(""));
        if (type == null) {
            return null;
        }
        try {
            Object fact = JSON.treeToValue(event.path("payload"), type);
            return ActivityDescription.of(
                    fact, ActorContext.from(MetaData.from(JSON.convertValue(event.path("act"), OBJECT))));
        } catch (JacksonException | IllegalArgumentException e) {
            return null;
        }
    }
}
