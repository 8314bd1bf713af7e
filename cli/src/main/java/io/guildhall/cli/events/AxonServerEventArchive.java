package io.guildhall.cli.events;

import com.google.protobuf.ByteString;
import io.axoniq.axonserver.grpc.MetaDataValue;
import io.axoniq.axonserver.grpc.SerializedObject;
import io.axoniq.axonserver.grpc.event.Event;
import io.guildhall.domain.shared.DomainEvent;
import io.guildhall.infrastructure.axonserver.AxonServerEventClient;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The event store of an Axon Server. */
final class AxonServerEventArchive implements EventArchive {

    private final AxonServerEventClient events;

    AxonServerEventArchive(AxonServerEventClient events) {
        this.events = events;
    }

    @Override
    public long count() {
        return events.last();
    }

    @Override
    public List<RawEvent> read(long after, int atMost) {
        return events.readRaw(after, Math.min(count(), after + atMost)).stream()
                .map(this::read)
                .toList();
    }

    @Override
    public void append(List<RawEvent> copies) {
        events.append(copies.stream().map(AxonServerEventArchive::write).toList());
    }

    private RawEvent read(Event event) {
        Map<String, String> metadata = new TreeMap<>();
        events.metadata(event).forEach((key, value) -> metadata.put(key, String.valueOf(value)));
        return new RawEvent(
                event.getMessageIdentifier(),
                event.getAggregateIdentifier(),
                event.getAggregateSequenceNumber(),
                event.getAggregateType(),
                event.getPayload().getType(),
                AxonServerEventClient.revision(event),
                event.getPayload().getData().toStringUtf8(),
                metadata,
                AxonServerEventClient.trail(event),
                AxonServerEventClient.time(event));
    }

    private static Event write(RawEvent copy) {
        Event.Builder event = Event.newBuilder()
                .setMessageIdentifier(copy.id())
                .setAggregateIdentifier(copy.stream())
                .setAggregateSequenceNumber(copy.sequence())
                .setAggregateType(copy.streamType())
                .setTimestamp(copy.at().toEpochMilli())
                .setPayload(SerializedObject.newBuilder()
                        .setType(copy.type())
                        .setRevision(copy.revision() == null ? "" : copy.revision())
                        .setData(ByteString.copyFromUtf8(copy.payload())));
        copy.metadata().forEach((key, value) -> event.putMetaData(key, text(value)));
        if (copy.trail() != null) {
            event.putMetaData(DomainEvent.TRAIL, text(copy.trail()));
        }
        if (!copy.at().equals(copy.at().truncatedTo(ChronoUnit.MILLIS))) {
            event.putMetaData(AxonServerEventClient.EXACT_TIME, text(copy.at().toString()));
        }
        return event.build();
    }

    private static MetaDataValue text(String value) {
        return MetaDataValue.newBuilder().setTextValue(value).build();
    }
}
