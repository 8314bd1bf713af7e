package io.guildhall.query;

import io.guildhall.query.rebuild.StoredEvents;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.axonframework.eventhandling.DomainEventMessage;

/** A list of events as the store would give them: the first is at position 1. Reading behind a position can be deadly. */
record InMemoryHistory(List<DomainEventMessage<?>> events, LongSupplier dyingBehind) implements StoredEvents {

    /** Nobody catches it, as nobody catches kill -9. */
    static final class Death extends Error {}

    @Override
    public List<Stored> read(long after, long upTo, int atMost) {
        if (after >= dyingBehind.getAsLong()) {
            throw new Death();
        }
        return IntStream.range((int) after, (int) Math.min(upTo, after + atMost))
                .mapToObj(index -> new Stored(index + 1, events.get(index)))
                .toList();
    }

    @Override
    public <R> R whileSettled(LongFunction<R> work) {
        return work.apply(events.size());
    }
}
