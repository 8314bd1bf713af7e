package io.guildhall.domain.shared;

import java.util.UUID;
import org.axonframework.eventhandling.EventMessage;
import org.jspecify.annotations.Nullable;

/**
 * A stored event. Names the trail to which it belongs, independent of its aggregate (R19: each event of an organization
 * or user is one activity of its trail).
 */
public interface DomainEvent {

    /** Metadata key of the trail, for stores without a column for it. Readable even if the event type is unknown. */
    String TRAIL = "trail";

    /** The id of the organization or user; null for an event of a claim, which has no trail. */
    @Nullable UUID trail();

    /** Returns the trail of a message; null also if it is not an event of the domain. */
    static @Nullable UUID trailOf(EventMessage<?> message) {
        if (message.getMetaData().get(TRAIL) instanceof String trail) {
            return UUID.fromString(trail);
        }
        return message.getPayload() instanceof DomainEvent event ? event.trail() : null;
    }
}
