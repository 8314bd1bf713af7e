package io.guildhall.query;

import io.guildhall.query.rebuild.StoredEvents;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import org.axonframework.eventhandling.DomainEventMessage;

/**
 * A list of events as the store would give them: the first is at position 1.
 *
 * @param readBehind is told the position behind which they are read, before they are
 */
record InMemoryHistory(List<DomainEventMessage<?>> events, LongConsumer readBehind) implements StoredEvents {

    @Override
    public List<Stored> read(long after, long upTo, int atMost) {
        readBehind.accept(after);
        return IntStream.range((int) after, (int) Math.min(upTo, after + atMost))
                .mapToObj(index -> new Stored(index + 1, events.get(index)))
                .toList();
    }

    @Override
    public <R> R whileSettled(LongFunction<R> work) {
        return work.apply(events.size());
    }
}
