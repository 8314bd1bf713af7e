package io.guildhall.api.web;

import io.guildhall.domain.shared.CommandRefused;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Ids as they come in: UUIDs in their one usual spelling, which Java's own parser does not insist on. */
public final class Ids {

    private static final Pattern SHAPE = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private Ids() {}

    /** Null for what is no id. */
    public static @Nullable UUID parse(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return SHAPE.matcher(lower).matches() ? UUID.fromString(lower) : null;
    }

    /** Null for none; refused, naming the field, when it is malformed. Clients of the contract send none as an empty string. */
    public static @Nullable UUID optional(String field, @Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        UUID id = parse(text);
        if (id == null) {
            throw CommandRefused.because(new WebRefusal.FieldMalformed(field, field + " must be a UUID."));
        }
        return id;
    }
}
