package io.guildhall.api.openapi;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the API's description says in words, from the files in {@code /openapi}. Everything else is derived from the routes.
 *
 * @param operations by method and path
 * @param parameters by name, for operations that say nothing else
 * @param properties by name, for schemas that say nothing else
 * @param schemas by schema name
 * @param problems by slug
 */
record ApiTexts(
        Map<String, OperationText> operations,
        Map<String, ValueText> parameters,
        Map<String, ValueText> properties,
        Map<String, SchemaText> schemas,
        Map<String, ProblemText> problems) {

    /** In the order in which the description has the operations: one for each feature, and what they share. */
    private static final List<String> FILES = List.of(
            "user",
            "session",
            "organization",
            "membership",
            "invitation",
            "token",
            "activity",
            "webhook",
            "operator",
            "resource",
            "common");

    static final ApiTexts LOADED = load();

    /**
     * An operation.
     *
     * @param problems slugs of the problems that the operation has beyond those that follow from its route
     * @param content examples of replies that are no JSON, by media type
     */
    record OperationText(
            String id,
            String tag,
            String summary,
            String description,
            @JsonSetter(nulls = Nulls.AS_EMPTY) List<String> problems,
            @JsonSetter(nulls = Nulls.AS_EMPTY) Map<String, ValueText> parameters,
            @JsonSetter(nulls = Nulls.AS_EMPTY) Map<String, String> content) {}

    /**
     * A schema.
     *
     * @param type the record's name, with that of the class around it; the schema's own name without
     * @param required the fields that a request must have
     */
    record SchemaText(
            @JsonProperty("class") @Nullable String type,
            String description,
            @JsonSetter(nulls = Nulls.AS_EMPTY) List<String> required,
            @JsonSetter(nulls = Nulls.AS_EMPTY) Map<String, ValueText> properties) {}

    /**
     * A property, an element of a list, or a parameter. The names are those of JSON Schema.
     *
     * @param valueFormat the format of a map's values
     * @param omitFromExample whether examples go without it
     */
    record ValueText(
            @Nullable String description,
            @Nullable String type,
            @Nullable String format,

            @JsonProperty("enum") @JsonSetter(nulls = Nulls.AS_EMPTY)
            List<String> values,

            @JsonProperty("default") @Nullable Object otherwise,
            @Nullable Object example,
            @Nullable Integer minimum,
            @Nullable Integer maximum,
            @Nullable Integer minLength,
            @Nullable Integer maxLength,
            @Nullable ValueText items,
            @Nullable String valueFormat,
            @Nullable Boolean required,
            @Nullable Boolean nullable,
            @Nullable Boolean omitFromExample) {}

    /**
     * A type of problem.
     *
     * @param then what to do
     */
    record ProblemText(
            @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
            List<Integer> status,

            String title,
            String means,
            String then) {}

    /**
     * What the schema says of the property, or else what all schemas say of it.
     *
     * @return null when there is no text
     */
    @Nullable ValueText property(@Nullable SchemaText schema, String name) {
        ValueText own = schema == null ? null : schema.properties().get(name);
        return own == null ? properties.get(name) : own;
    }

    private static ApiTexts load() {
        Map<String, Map<String, Object>> all = new LinkedHashMap<>();
        FILES.forEach(file -> read(file)
                .forEach((kind, texts) -> texts.forEach((key, text) -> {
                    if (all.computeIfAbsent(kind, it -> new LinkedHashMap<>()).put(key, text) != null) {
                        throw new IllegalStateException(
                                "%s.yaml has %s of %s, which another file has.".formatted(file, kind, key));
                    }
                })));
        return JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build()
                .convertValue(all, ApiTexts.class);
    }

    private static Map<String, Map<String, Object>> read(String file) {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        try (InputStream in = ApiTexts.class.getResourceAsStream("/openapi/" + file + ".yaml")) {
            return new Yaml(options).load(Objects.requireNonNull(in, file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
