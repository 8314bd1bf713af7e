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

/**
 * Reads organizations' trails from an Axon Server. The table {@code trail_events} maps numbers in a trail to events of
 * aggregates.
 */
public final class AxonServerTrailEvents implements TrailEvents {

    private static final String LOCATIONS =
            "select sequence, stream, stream_sequence from trail_events where trail = ? ";

    /** The aggregate and sequence number of an event of a trail. */
    private record Location(long sequence, String stream, long streamSequence) {

        static Location of(ResultSet row, int n) throws SQLException {
            return new Location(row.getLong(1), row.getString(2), row.getLong(3));
        }

        boolean isFollowedBy(Location other) {
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
                        LOCATIONS + "and sequence >= ? order by sequence limit ?",
                        Location::of,
                        organization,
                        from,
                        atMost));
    }

    @Override
    public List<TrailEvent> read(UUID organization, List<Long> sequences) {
        return readAt(
                organization,
                jdbc.query(
                        LOCATIONS + "and sequence = any(?)",
                        Location::of,
                        organization,
                        sequences.toArray(Long[]::new)));
    }

    @Override
    public @Nullable TrailEvent find(UUID organization, UUID event) {
        List<TrailEvent> found =
                readAt(organization, jdbc.query(LOCATIONS + "and event = ?", Location::of, organization, event));
        return found.isEmpty() ? null : found.getFirst();
    }

    /** Reads consecutive events of one stream together. */
    private List<TrailEvent> readAt(UUID organization, List<Location> locations) {
        List<Location> byStream = locations.stream()
                .sorted(Comparator.comparing(Location::stream).thenComparing(Location::streamSequence))
                .toList();
        List<TrailEvent> found = new ArrayList<>(locations.size());
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

    private List<TrailEvent> readRun(UUID organization, List<Location> run) {
        Location first = run.getFirst();
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
