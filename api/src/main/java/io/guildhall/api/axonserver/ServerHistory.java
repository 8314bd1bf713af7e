package io.guildhall.api.axonserver;

import io.guildhall.query.rebuild.StoredEvents;
import java.util.List;
import java.util.function.LongFunction;

/** The events of an Axon Server, as far as the read models have come: what they have not, they get afterwards. */
public final class ServerHistory implements StoredEvents {

    private final ServerEvents events;
    private final Feed feed;

    public ServerHistory(ServerEvents events, Feed feed) {
        this.events = events;
        this.feed = feed;
    }

    @Override
    public List<Stored> read(long after, long upTo, int atMost) {
        return events.read(after, upTo, atMost);
    }

    /** Appends go on: they are projected afterwards. */
    @Override
    public <R> R whileSettled(LongFunction<R> work) {
        return feed.whileLevel(work);
    }
}
