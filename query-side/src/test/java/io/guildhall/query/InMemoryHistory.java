package io.guildhall.query;

import io.guildhall.query.rebuild.StoredEvents;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import org.axonframework.eventhandling.DomainEventMessage;

/** A list of events as the store would give them: the first is at position 1. */
record InMemoryHistory(List<DomainEventMessage<?>> events) implements StoredEvents {

    @Override
    public List<Stored> read(long after, long upTo, int atMost) {
        return IntStream.range((int) after, (int) Math.min(upTo, after + atMost))
                .mapToObj(index -> new Stored(index + 1, events.get(index)))
                .toList();
    }

    @Override
    public <R> R whileSettled(LongFunction<R> work) {
        return work.apply(events.size());
    }
}
