package io.guildhall.query;

import io.guildhall.infrastructure.projection.rebuild.GlobalEventReader;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import org.axonframework.eventhandling.DomainEventMessage;

/**
 * A list of events in place of the event store. The first event has position 1.
 *
 * @param readBehind called with the position after which events are about to be read
 */
record InMemoryHistory(List<DomainEventMessage<?>> events, LongConsumer readBehind) implements GlobalEventReader {

    @Override
    public List<PositionedEvent> read(long after, long upTo, int atMost) {
        readBehind.accept(after);
        return IntStream.range((int) after, (int) Math.min(upTo, after + atMost))
                .mapToObj(index -> new PositionedEvent(index + 1, events.get(index)))
                .toList();
    }

    @Override
    public <R> R withAppendsBlocked(LongFunction<R> work) {
        return work.apply(events.size());
    }
}
