package io.guildhall.query;

import io.guildhall.infrastructure.projection.rebuild.GlobalEventReader;
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
