package io.guildhall.api.proof;

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

/** Compares an activity as it is shown with the event that it stands for. Names are looked up when it is shown: no event has them. */
final class ActivityComparison {

    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private ActivityComparison() {}

    /** The first field that says something else than the event; null when there is none. */
    static @Nullable String lie(JsonNode activity, JsonNode event) {
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

    /** Null for what no version that this is knows. */
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
