package io.guildhall.api.openapi;

import io.swagger.v3.core.jackson.TypeNameResolver;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Gives every record a schema name of its own, and remembers which record a schema was made from. */
final class SchemaNames extends TypeNameResolver {

    private final Map<String, String> byRecord = new HashMap<>();
    private final Map<String, Class<?>> records = new ConcurrentHashMap<>();

    SchemaNames(ApiTexts texts) {
        texts.schemas().forEach((name, text) -> byRecord.put(text.type() == null ? name : text.type(), name));
    }

    @Override
    protected String nameForClass(Class<?> type, Set<Options> options) {
        String nested = type.getName().substring(type.getName().lastIndexOf('.') + 1);
        String name = byRecord.getOrDefault(nested.replace('$', '.'), nested.replace("$", ""));
        Class<?> other = records.putIfAbsent(name, type);
        if (other != null && other != type) {
            throw new IllegalStateException(
                    "Both %s and %s would have the schema %s: name one of them in openapi/*.yaml."
                            .formatted(type, other, name));
        }
        return name;
    }

    /** The record that the schema was made from. */
    @Nullable Class<?> record(String schema) {
        return records.get(schema);
    }
}
