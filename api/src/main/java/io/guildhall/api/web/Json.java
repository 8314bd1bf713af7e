package io.guildhall.api.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.guildhall.api.validation.UuidParser;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;
import tools.jackson.databind.type.LogicalType;

/** JSON as the contract has it: snake case, no nulls, microseconds, and strict types. */
@Configuration(proxyBeanMethods = false)
class Json {

    @Bean
    JsonMapperBuilderCustomizer contractJson() {
        return mapper -> mapper.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT, DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                // An element of a list is never null, whatever the list is of.
                .withConfigOverride(
                        List.class, list -> list.setNullHandling(JsonSetter.Value.forContentNulls(Nulls.FAIL)))
                .withCoercionConfig(LogicalType.POJO, Json::refuseEmptyString)
                .withCoercionConfig(LogicalType.Boolean, Json::refuseEmptyString)
                .addModule(new SimpleModule("contract")
                        .addSerializer(new Microseconds())
                        .addDeserializer(String.class, new Text())
                        .addDeserializer(Instant.class, new Parsed<>(Instant.class, TimestampParser::parse))
                        .addDeserializer(UUID.class, new Parsed<>(UUID.class, UuidParser::parse)));
    }

    private static void refuseEmptyString(tools.jackson.databind.cfg.MutableCoercionConfig config) {
        config.setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail);
    }

    /** RFC 3339, UTC, always six digits of a second. */
    private static final class Microseconds extends StdSerializer<Instant> {

        private static final DateTimeFormatter FORMAT =
                new DateTimeFormatterBuilder().appendInstant(6).toFormatter();

        Microseconds() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant value, JsonGenerator json, SerializationContext context) {
            json.writeString(FORMAT.format(value));
        }
    }

    /** Strings only, and only such as can be stored: no NUL, no half of a surrogate pair. */
    private static final class Text extends StdDeserializer<String> {

        Text() {
            super(String.class);
        }

        @Override
        public LogicalType logicalType() {
            return LogicalType.Textual;
        }

        @Override
        public Object getEmptyValue(DeserializationContext context) {
            return "";
        }

        @Override
        public String deserialize(JsonParser json, DeserializationContext context) {
            if (json.currentToken() != JsonToken.VALUE_STRING) {
                return (String) context.handleUnexpectedToken(getValueType(context), json);
            }
            String text = json.getString();
            if (!StorableText.storable(text)) {
                return (String) context.handleWeirdStringValue(String.class, "", "it cannot be stored");
            }
            return text;
        }
    }

    /** Strings in the one format of the type only: Jackson's own would take others, and numbers, as well. */
    private static final class Parsed<V> extends StdDeserializer<V> {

        private final transient Function<String, @Nullable V> parser;

        Parsed(Class<V> type, Function<String, @Nullable V> parser) {
            super(type);
            this.parser = parser;
        }

        /** Null for an empty id, which clients of the contract send. */
        @Override
        @SuppressWarnings({"unchecked", "NullAway"})
        public V deserialize(JsonParser json, DeserializationContext context) {
            if (json.currentToken() != JsonToken.VALUE_STRING) {
                return (V) context.handleUnexpectedToken(getValueType(context), json);
            }
            String text = json.getString();
            V value = parser.apply(text);
            return value != null || text.isEmpty() && handledType() == UUID.class
                    ? value
                    : (V) context.handleWeirdStringValue(handledType(), "", "it is malformed");
        }
    }
}
