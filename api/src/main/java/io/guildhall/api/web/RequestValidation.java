package io.guildhall.api.web;

import io.guildhall.api.error.RequestRejectionException;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Query parameters and fields that can only have certain values. */
public final class RequestValidation {

    private RequestValidation() {}

    /** All of the given, each of which must be among the known; none given is none. */
    public static List<String> all(String field, @Nullable Collection<String> given, Collection<String> known) {
        if (given == null) {
            return List.of();
        }
        for (String value : given) {
            if (!known.contains(value)) {
                throw RequestRejectionException.invalidArgument(
                        field, field + " must be among " + String.join(", ", known) + ".");
            }
        }
        return List.copyOf(given);
    }

    /** Refused when it is null. */
    public static <V> V required(String field, @Nullable V value) {
        if (value == null) {
            throw RequestRejectionException.invalidArgument(field, field + " is required.");
        }
        return value;
    }
}
