package io.guildhall.domain.shared;

import java.util.UUID;
import org.axonframework.eventhandling.EventMessage;
import org.jspecify.annotations.Nullable;

/**
 * An event that is stored. It names the trail that it belongs to, whatever aggregate it comes from: every event of an organization is
 * one activity of the organization's trail, and every event of a user one of the user's (R19).
 */
public interface DomainEvent {

    /** Of an event's metadata: its trail, in a store that has no other place for it. A reader finds it even if the event's type is unknown. */
    String TRAIL = "trail";

    /** The id of the organization or user whose trail has the event; null for an event of a claim, which is in no trail. */
    @Nullable UUID trail();

    /** The same of a message; null also for one that is no event of the domain. */
    static @Nullable UUID trailOf(EventMessage<?> message) {
        if (message.getMetaData().get(TRAIL) instanceof String trail) {
            return UUID.fromString(trail);
        }
        return message.getPayload() instanceof DomainEvent event ? event.trail() : null;
    }
}
