package io.guildhall.api.axonserver;

import io.guildhall.domain.user.UserEvent.FormerEmailErased;
import io.guildhall.domain.user.UserEvent.UserErased;
import io.guildhall.query.rebuild.StoredEvents.Stored;
import io.guildhall.query.store.TrailSequencingPolicy;
import java.util.List;

/**
 * What one process feeds at once.
 *
 * @param to the position that its segments are at afterwards
 * @param events those of its segments, in order; there may be none
 */
record Batch(long to, List<Stored> events) {

    /** R20: whether keys of personal data are destroyed with it, which others may be about to open something with. */
    boolean destroysKeys() {
        return events.stream()
                .map(stored -> stored.event().getPayload())
                .anyMatch(it -> it instanceof UserErased || it instanceof FormerEmailErased);
    }

    /** Their trails and streams of claims: for the question whether something of them waits as a dead letter. */
    String[] sequences() {
        return events.stream()
                .map(stored -> TrailSequencingPolicy.sequenceOf(stored.event()))
                .distinct()
                .toArray(String[]::new);
    }

    Batch firstHalf() {
        List<Stored> half = events.subList(0, events.size() / 2);
        return new Batch(half.getLast().position(), half);
    }

    Batch secondHalf() {
        return new Batch(to, events.subList(events.size() / 2, events.size()));
    }

    boolean isOneEvent() {
        return events.size() == 1;
    }
}
