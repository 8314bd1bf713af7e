package io.guildhall.infrastructure.auditlog;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the events of organizations' trails from the event store. Sequence numbers start at 1. */
public interface TrailEvents {

    /** Reads events in order, from a sequence number on. */
    List<TrailEvent> read(UUID organization, long from, int atMost);

    /** Reads events with these sequence numbers, in order. */
    List<TrailEvent> read(UUID organization, List<Long> sequences);

    /** Returns an event, or null if the organization has no such event. */
    @Nullable TrailEvent find(UUID organization, UUID event);
}
