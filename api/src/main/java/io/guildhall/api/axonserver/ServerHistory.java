package io.guildhall.api.axonserver;

import io.guildhall.query.rebuild.StoredEvents;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import org.axonframework.eventhandling.DomainEventMessage;

/** The events of an Axon Server, as far as the read models have come: what they have not, they get afterwards. */
public final class ServerHistory implements StoredEvents {

    private final ServerEvents events;
    private final Feed feed;
    private final TrailNumbering numbering;

    public ServerHistory(ServerEvents events, Feed feed, TrailNumbering numbering) {
        this.events = events;
        this.feed = feed;
        this.numbering = numbering;
    }

    @Override
    public List<Stored> read(long after, long upTo, int atMost) {
        List<Stored> read = events.read(after, upTo, atMost);
        List<DomainEventMessage<?>> numbered =
                numbering.recall(read.stream().map(Stored::event).toList());
        return IntStream.range(0, read.size())
                .mapToObj(i -> new Stored(read.get(i).position(), numbered.get(i)))
                .toList();
    }

    /** Appends go on: they are projected afterwards. */
    @Override
    public <R> R whileSettled(LongFunction<R> work) {
        return feed.whileLevel(work);
    }
}
