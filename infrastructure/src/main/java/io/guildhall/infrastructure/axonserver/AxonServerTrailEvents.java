package io.guildhall.infrastructure.axonserver;

import io.axoniq.axonserver.grpc.event.Event;
import io.guildhall.infrastructure.auditlog.TrailEvent;
import io.guildhall.infrastructure.auditlog.TrailEvents;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Organizations' trails of an Axon Server, as their events are stored there. The table {@code trail_events} says where each event is. */
public final class AxonServerTrailEvents implements TrailEvents {

    private static final String PLACES = "select sequence, stream, stream_sequence from trail_events where trail = ? ";

    /** Where the event with a number in a trail is stored. */
    private record Place(long sequence, String stream, long streamSequence) {

        static Place of(ResultSet row, int n) throws SQLException {
            return new Place(row.getLong(1), row.getString(2), row.getLong(3));
        }

        boolean isFollowedBy(Place other) {
            return stream.equals(other.stream) && streamSequence + 1 == other.streamSequence;
        }
    }

    private final AxonServerEventClient events;
    private final Serializer serializer;
    private final JdbcTemplate jdbc;

    public AxonServerTrailEvents(AxonServerEventClient events, Serializer serializer, JdbcTemplate jdbc) {
        this.events = events;
        this.serializer = serializer;
        this.jdbc = jdbc;
    }

    @Override
    public List<TrailEvent> read(UUID organization, long from, int atMost) {
        return readAt(
                organization,
                jdbc.query(
                        PLACES + "and sequence >= ? order by sequence limit ?", Place::of, organization, from, atMost));
    }

    @Override
    public List<TrailEvent> read(UUID organization, List<Long> sequences) {
        return readAt(
                organization,
                jdbc.query(PLACES + "and sequence = any(?)", Place::of, organization, sequences.toArray(Long[]::new)));
    }

    @Override
    public @Nullable TrailEvent find(UUID organization, UUID event) {
        List<TrailEvent> found =
                readAt(organization, jdbc.query(PLACES + "and event = ?", Place::of, organization, event));
        return found.isEmpty() ? null : found.getFirst();
    }

    /** Reads consecutive events of one stream together. */
    private List<TrailEvent> readAt(UUID organization, List<Place> places) {
        List<Place> byStream = places.stream()
                .sorted(Comparator.comparing(Place::stream).thenComparing(Place::streamSequence))
                .toList();
        List<TrailEvent> found = new ArrayList<>(places.size());
        int from = 0;
        for (int to = 1; to <= byStream.size(); to++) {
            if (to == byStream.size() || !byStream.get(to - 1).isFollowedBy(byStream.get(to))) {
                found.addAll(readRun(organization, byStream.subList(from, to)));
                from = to;
            }
        }
        found.sort(Comparator.comparingLong(TrailEvent::sequence));
        return found;
    }

    private List<TrailEvent> readRun(UUID organization, List<Place> run) {
        Place first = run.getFirst();
        return events.readStream(first.stream(), first.streamSequence(), run.size()).stream()
                .map(event -> event(
                        organization,
                        run.get((int) (event.getAggregateSequenceNumber() - first.streamSequence()))
                                .sequence(),
                        event))
                .toList();
    }

    private TrailEvent event(UUID organization, long sequence, Event event) {
        return new TrailEvent(
                UUID.fromString(event.getMessageIdentifier()),
                organization,
                sequence,
                AxonServerEventClient.time(event),
                event.getAggregateType(),
                event.getAggregateIdentifier(),
                event.getAggregateSequenceNumber(),
                event.getPayload().getType(),
                AxonServerEventClient.revision(event),
                serializer
                        .serialize(new TreeMap<>(events.metadata(event)), String.class)
                        .getData(),
                event.getPayload().getData().toStringUtf8());
    }
}
