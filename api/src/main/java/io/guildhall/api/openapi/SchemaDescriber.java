package io.guildhall.api.openapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.guildhall.api.openapi.ApiTexts.SchemaText;
import io.guildhall.api.openapi.ApiTexts.ValueText;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Completes the schemas: descriptions, required properties, formats, enumerations and examples. */
@SuppressWarnings({"rawtypes", "unchecked"})
final class SchemaDescriber {

    private static final String REFERENCE = "#/components/schemas/";
    private static final String SOME_ID = "3f2b8c1e-5d4a-4b6f-9a7e-1c2d3e4f5a6b";
    private static final String SOME_TIME = "2026-01-31T12:00:00.000000Z";

    private final ApiTexts texts;
    private final SchemaNames names;

    SchemaDescriber(ApiTexts texts, SchemaNames names) {
        this.texts = texts;
        this.names = names;
    }

    void describe(Map<String, Schema> schemas) {
        schemas.forEach((name, schema) -> {
            type(schema, "object");
            SchemaText text = texts.schemas().get(name);
            if (text == null) {
                return;
            }
            schema.setDescription(text.description());
            Map<String, Schema> properties =
                    schema.getProperties() == null ? new LinkedHashMap<>() : schema.getProperties();
            properties.replaceAll((property, its) -> {
                ValueText value = texts.property(text, property);
                if (value == null) {
                    return its;
                }
                Schema described = value.type() == null ? its : of(value.type());
                apply(value, described);
                return Boolean.TRUE.equals(value.nullable()) ? orNull(described) : described;
            });
            Class<?> type = names.record(name);
            List<String> required = text.required().isEmpty() && type != null ? present(type) : text.required();
            schema.setRequired(required.isEmpty() ? null : required);
        });
    }

    private static Schema orNull(Schema schema) {
        Schema<?> either = new Schema<>();
        either.setDescription(schema.getDescription());
        schema.setDescription(null);
        either.setAnyOf(List.of(schema, of("null")));
        return either;
    }

    /** The properties that are there whenever the record is written: those of components that are not nullable, or are written as null. */
    private static List<String> present(Class<?> type) {
        List<String> present = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            if (component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)
                    || component.isAnnotationPresent(JsonUnwrapped.class)) {
                present.addAll(present(component.getType()));
            } else if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)
                    || isWrittenAsNull(component)) {
                present.add(PropertyNamingStrategies.SnakeCaseStrategy.INSTANCE.translate(component.getName()));
            }
        }
        return present;
    }

    private static boolean isWrittenAsNull(RecordComponent component) {
        JsonInclude include = component.getAccessor().getAnnotation(JsonInclude.class);
        return include != null && include.value() == JsonInclude.Include.ALWAYS;
    }

    static void apply(ValueText text, Schema schema) {
        if (text.description() != null) {
            schema.setDescription(text.description());
        }
        if (schema.get$ref() != null) {
            return;
        }
        if (text.type() != null) {
            type(schema, text.type());
        }
        if (schema.getItems() != null) {
            Schema items = schema.getItems();
            if (!text.values().isEmpty()) {
                items.setEnum(text.values());
            }
            if (text.items() != null) {
                apply(text.items(), items);
            }
            return;
        }
        if (!text.values().isEmpty()) {
            schema.setEnum(text.values());
        }
        if (schema.getAdditionalProperties() instanceof Schema values) {
            if (text.valueFormat() != null) {
                values.setFormat(text.valueFormat());
            } else if ("object".equals(type(values))) {
                schema.setAdditionalProperties(true);
            }
        }
        set(text, schema);
    }

    private static void set(ValueText text, Schema schema) {
        if (text.format() != null) {
            schema.setFormat(text.format());
        }
        if (text.otherwise() != null) {
            schema.setDefault(text.otherwise());
        }
        if (text.example() != null) {
            schema.setExample(text.example());
        }
        schema.setMinimum(text.minimum() == null ? null : BigDecimal.valueOf(text.minimum()));
        schema.setMaximum(text.maximum() == null ? null : BigDecimal.valueOf(text.maximum()));
        schema.setMinLength(text.minLength());
        schema.setMaxLength(text.maxLength());
    }

    /** Puts an example together from those of the properties. */
    @Nullable Object example(Schema schema, Map<String, Schema> schemas) {
        if (schema.get$ref() != null) {
            String name = schema.get$ref().substring(REFERENCE.length());
            Schema referred = schemas.get(name);
            return referred == null ? null : ofProperties(name, referred, schemas);
        }
        if (schema.getAnyOf() != null) {
            return example((Schema) schema.getAnyOf().getFirst(), schemas);
        }
        if (schema.getExample() != null) {
            return schema.getExample();
        }
        if (schema.getItems() != null) {
            Object element = schema.getItems().get$ref() == null
                            && schema.getItems().getExample() == null
                            && schema.getItems().getEnum() == null
                    ? null
                    : example(schema.getItems(), schemas);
            return element == null ? List.of() : List.of(element);
        }
        if (schema.getEnum() != null) {
            return schema.getEnum().getFirst();
        }
        return switch (String.valueOf(type(schema))) {
            case "boolean" -> false;
            case "string" ->
                switch (String.valueOf(schema.getFormat())) {
                    case "uuid" -> SOME_ID;
                    case "date-time" -> SOME_TIME;
                    default -> null;
                };
            default -> null;
        };
    }

    private Object ofProperties(String name, Schema schema, Map<String, Schema> schemas) {
        SchemaText text = texts.schemas().get(name);
        Map<String, Object> example = new LinkedHashMap<>();
        Map<String, Schema> properties = schema.getProperties() == null ? Map.of() : schema.getProperties();
        properties.forEach((property, its) -> {
            ValueText value = texts.property(text, property);
            Object element =
                    value != null && Boolean.TRUE.equals(value.omitFromExample()) ? null : example(its, schemas);
            if (element != null) {
                example.put(property, element);
            }
        });
        return example;
    }

    static @Nullable String type(Schema schema) {
        return schema.getTypes() == null || schema.getTypes().isEmpty()
                ? schema.getType()
                : (String) schema.getTypes().iterator().next();
    }

    static Schema type(Schema schema, String type) {
        schema.setType(type);
        schema.setTypes(java.util.Set.of(type));
        return schema;
    }

    static Schema of(String type) {
        return type(new Schema<>(), type);
    }

    static Schema reference(String name) {
        return new Schema<>().$ref(REFERENCE + name);
    }
}
