package io.guildhall.api.web;

import io.guildhall.api.error.RequestRejectionException;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The contract's {@code update_mask}: which fields of the body count. */
public final class FieldMask {

    private FieldMask() {}

    /**
     * The fields to change, with their new values; null is for one that the mask names and the body does not have, which empties
     * it. Without a mask those that the body has.
     *
     * @param body all changeable fields with their values, null where the body has none
     * @param ignored other fields that clients put into masks, as they send a whole resource back
     */
    public static <V> Map<String, @Nullable V> changes(
            @Nullable String mask, Map<String, @Nullable V> body, Collection<String> ignored) {
        Map<String, @Nullable V> changes = new LinkedHashMap<>();
        if (mask == null || mask.isBlank()) {
            body.forEach((field, value) -> {
                if (value != null) {
                    changes.put(field, value);
                }
            });
            return changes;
        }
        for (String field : paths(mask)) {
            if (body.containsKey(field)) {
                changes.put(field, body.get(field));
            } else if (!ignored.contains(field)) {
                throw RequestRejectionException.invalidArgument(
                        "update_mask", "update_mask can name " + String.join(", ", body.keySet()) + ".");
            }
        }
        return changes;
    }

    private static Set<String> paths(String mask) {
        return Arrays.stream(mask.split(",", -1))
                .map(String::strip)
                .collect(Collectors.toCollection(java.util.LinkedHashSet::new));
    }
}
