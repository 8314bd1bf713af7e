package io.guildhall.api.web;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What text the database takes. */
public final class StorableText {

    private StorableText() {}

    /** Whether it is without NUL and without lone surrogates. */
    public static boolean storable(String text) {
        return text.codePoints().noneMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE);
    }

    /** Whether all strings of a JSON value are, names included. */
    public static boolean storable(@Nullable Object json) {
        return switch (json) {
            case String text -> storable(text);
            case Map<?, ?> object ->
                object.entrySet().stream()
                        .allMatch(entry -> storable((Object) entry.getKey()) && storable((Object) entry.getValue()));
            case List<?> list -> list.stream().allMatch(element -> storable((Object) element));
            case null, default -> true;
        };
    }
}
