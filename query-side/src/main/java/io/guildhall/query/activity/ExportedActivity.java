package io.guildhall.query.activity;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link ActivityView} says, in a form that many can be written from quickly.
 *
 * @param event the logical name of the event, such as {@code member.removed}
 * @param actorId empty of whoever held a mailed link
 * @param about what is known of the object beside its name, such as {@code email}; null of nothing
 * @param facts a JSON object, without the token and the request
 */
public record ExportedActivity(
        UUID id,
        long sequence,
        Instant at,
        String actorType,
        String actorId,
        String actorName,
        String event,
        String verb,
        String objectType,
        UUID object,
        String objectName,
        boolean objectDeleted,
        @Nullable About about,
        String facts,
        @Nullable UUID token,
        @Nullable String request) {

    /** One entry of the object's metadata. */
    public record About(String key, String value) {}
}
