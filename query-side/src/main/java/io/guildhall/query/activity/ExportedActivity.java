package io.guildhall.query.activity;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The contents of an {@link ActivityView} in a form that is fast to write.
 *
 * @param event the logical name of the event, such as {@code member.removed}
 * @param actorId empty if the actor is only known to have followed a mailed link
 * @param about a property of the object besides its name, such as {@code email}; null if there is none
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
