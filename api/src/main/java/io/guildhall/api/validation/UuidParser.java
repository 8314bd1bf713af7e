package io.guildhall.api.validation;

import io.guildhall.api.error.RequestRejectionException;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses UUIDs in their usual spelling, which Java's own parser does not insist on. */
public final class UuidParser {

    private static final Pattern SHAPE = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private UuidParser() {}

    /** Null for text that is not a UUID. */
    public static @Nullable UUID parse(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return SHAPE.matcher(lower).matches() ? UUID.fromString(lower) : null;
    }

    /** Rejects text that is not a UUID, naming the field. */
    public static UUID require(String field, String text) {
        UUID id = parse(text);
        if (id == null) {
            throw RequestRejectionException.invalidArgument(field, field + " must be a UUID.");
        }
        return id;
    }
}
