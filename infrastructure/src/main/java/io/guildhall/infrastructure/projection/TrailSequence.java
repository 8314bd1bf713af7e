package io.guildhall.infrastructure.projection;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.jspecify.annotations.Nullable;

/**
 * The sequence number of an event in its trail: 1, 2, 3 and so on, in commit order. Events read from the store carry it
 * as metadata. PostgreSQL assigns it during the append, so an event being appended has none yet; read model statements,
 * which are sent after the append, select it.
 */
public final class TrailSequence {

    private static final String METADATA = "trailSequence";

    /** SQL that selects the number of an event being appended. {@code %s} stands for the event's id. */
    public static final String OF_EVENT =
            "(select stored.trail_sequence from events stored where stored.event_id = %s)";

    /** SQL for the number, with two parameters: {@link #known} and the event's id. */
    public static final String PARAMETERS = "coalesce(?::bigint, " + OF_EVENT.formatted("?::uuid") + ")";

    private TrailSequence() {}

    /** Returns the event with this number. */
    public static DomainEventMessage<?> assigned(DomainEventMessage<?> event, long sequence) {
        return event.andMetaData(Map.of(METADATA, sequence));
    }

    /**
     * Returns the number, or null for an event that is being appended to the table {@code events} and for an event of a
     * claim.
     */
    public static @Nullable Long known(EventMessage<?> event) {
        return event.getMetaData().get(METADATA) instanceof Long sequence ? sequence : null;
    }

    /** Returns the number as a value for {@link RowValues}. */
    public static Object column(EventMessage<?> event) {
        Long known = known(event);
        return known == null
                ? new RowValues.Computed(
                        OF_EVENT, List.of("uuid"), List.of(UUID.fromString(event.getIdentifier())), null)
                : known;
    }
}
