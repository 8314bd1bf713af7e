package io.guildhall.infrastructure.projection;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.jspecify.annotations.Nullable;

/**
 * The number of an event in its trail: 1, 2, 3 and so on, in commit order. An event that is read from the store has it as metadata.
 * PostgreSQL assigns it in the append: an event that is being appended has no number yet, and the statements of the read models, which
 * are sent behind the append, ask for it.
 */
public final class TrailSequence {

    private static final String METADATA = "trailSequence";

    /** SQL: the number of an event that is being appended to the table {@code events}, by the event's id. */
    public static final String OF_EVENT =
            "(select stored.trail_sequence from events stored where stored.event_id = %s)";

    /** SQL: the number, for statements with two parameters: what is {@link #known} of it, and the event's id. */
    public static final String PARAMETERS = "coalesce(?::bigint, " + OF_EVENT.formatted("?::uuid") + ")";

    private TrailSequence() {}

    /** The event with its number. */
    public static DomainEventMessage<?> assigned(DomainEventMessage<?> event, long sequence) {
        return event.andMetaData(Map.of(METADATA, sequence));
    }

    /** Null for an event that is being appended to the table {@code events}, and for one of a claim. */
    public static @Nullable Long known(EventMessage<?> event) {
        return event.getMetaData().get(METADATA) instanceof Long sequence ? sequence : null;
    }

    /** The value for a column of a {@link RowValues}. */
    public static Object column(EventMessage<?> event) {
        Long known = known(event);
        return known == null
                ? new RowValues.Computed(
                        OF_EVENT, List.of("uuid"), List.of(UUID.fromString(event.getIdentifier())), null)
                : known;
    }
}
