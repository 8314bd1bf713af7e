package io.guildhall.infrastructure.auditlog;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The events of organizations' trails, from wherever they are stored. A trail's sequence numbers begin with 1. */
public interface TrailEvents {

    /** In the order of their sequence numbers, from this one on. */
    List<TrailEvent> read(UUID organization, long from, int atMost);

    /** Those with these sequence numbers, in their order. */
    List<TrailEvent> read(UUID organization, List<Long> sequences);

    /** Null when the organization has no such event. */
    @Nullable TrailEvent find(UUID organization, UUID event);
}
