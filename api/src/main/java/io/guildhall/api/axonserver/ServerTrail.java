package io.guildhall.api.axonserver;

import io.axoniq.axonserver.grpc.event.Event;
import io.guildhall.query.activity.Dropped;
import io.guildhall.query.proof.TrailEvent;
import io.guildhall.query.proof.TrailEvents;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Organizations' streams of an Axon Server, as they are stored. */
public final class ServerTrail implements TrailEvents {

    private static final int PAGE = 500;

    private final ServerEvents events;
    private final Serializer serializer;
    private final JdbcTemplate jdbc;

    public ServerTrail(ServerEvents events, Serializer serializer, JdbcTemplate jdbc) {
        this.events = events;
        this.serializer = serializer;
        this.jdbc = jdbc;
    }

    @Override
    public List<TrailEvent> read(UUID organization, long from, int atMost) {
        return events.readStream(organization.toString(), from, atMost).stream()
                .map(this::event)
                .toList();
    }

    @Override
    public List<TrailEvent> read(UUID organization, List<Long> sequences) {
        return sequences.stream()
                .sorted()
                .distinct()
                .flatMap(sequence -> read(organization, sequence, 1).stream().filter(it -> it.sequence() == sequence))
                .toList();
    }

    /**
     * Looked for where the read model says that it is, and believed only when it is there; else among the oldest, which the read
     * model may have dropped.
     */
    @Override
    public @Nullable TrailEvent find(UUID organization, UUID event) {
        List<Long> places = jdbc.queryForList(
                "select sequence from activities where trail = ? and event = ?", Long.class, organization, event);
        return places.isEmpty() ? findDropped(organization, event) : theOne(event, read(organization, places));
    }

    private @Nullable TrailEvent findDropped(UUID organization, UUID event) {
        long end = Dropped.end(jdbc, organization);
        for (long from = 0; from < end; from += PAGE) {
            List<TrailEvent> page = read(organization, from, (int) Math.min(PAGE, end - from));
            TrailEvent found = theOne(event, page);
            if (found != null || page.isEmpty()) {
                return found;
            }
        }
        return null;
    }

    private static @Nullable TrailEvent theOne(UUID event, List<TrailEvent> among) {
        return among.stream().filter(it -> it.id().equals(event)).findFirst().orElse(null);
    }

    private TrailEvent event(Event event) {
        return new TrailEvent(
                UUID.fromString(event.getMessageIdentifier()),
                UUID.fromString(event.getAggregateIdentifier()),
                event.getAggregateSequenceNumber(),
                ServerEvents.time(event),
                event.getAggregateType(),
                event.getPayload().getType(),
                ServerEvents.revision(event),
                serializer
                        .serialize(new TreeMap<>(events.metadata(event)), String.class)
                        .getData(),
                event.getPayload().getData().toStringUtf8());
    }
}
