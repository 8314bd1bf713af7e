package io.guildhall.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.organization.Organization;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationCreated;
import io.guildhall.domain.shared.AggregateSnapshot;
import io.guildhall.domain.shared.Snapshottable;
import io.guildhall.domain.user.User;
import io.guildhall.domain.user.UserEvent.UserSignedUp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.EventSourcedAggregate;
import org.axonframework.eventsourcing.GenericAggregateFactory;
import org.axonframework.eventsourcing.NoSnapshotTriggerDefinition;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.modelling.command.inspection.AggregateModel;
import org.axonframework.modelling.command.inspection.AnnotatedAggregateMetaModelFactory;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.jspecify.annotations.Nullable;

/** Splits streams into a stored snapshot and the events after it. */
final class Snapshots {

    private static final Map<Class<?>, AggregateModel<?>> MODELS = Map.of(
            User.class, AnnotatedAggregateMetaModelFactory.inspectAggregate(User.class),
            Organization.class, AnnotatedAggregateMetaModelFactory.inspectAggregate(Organization.class));

    private final Random random;
    private final Serializer serializer =
            Jackson3Serializer.builder().lenientDeserialization().build();

    Snapshots(long seed) {
        random = new Random(seed);
    }

    /** Rejects a used sequence number, as both event stores do. */
    static void requireNext(EventStorageEngine streams, List<? extends EventMessage<?>> events) {
        Map<String, Long> last = new HashMap<>();
        for (EventMessage<?> event : events) {
            var fact = (DomainEventMessage<?>) event;
            String stream = fact.getAggregateIdentifier();
            long before = last.computeIfAbsent(
                    stream, it -> streams.lastSequenceNumberFor(it).orElse(-1L));
            if (fact.getSequenceNumber() != before + 1) {
                throw new ConcurrencyException("taken");
            }
            last.put(stream, fact.getSequenceNumber());
        }
    }

    /** Reads the same streams, each from a snapshot of a random event. Appended events are kept in memory only. */
    Restoring of(EventStorageEngine streams) {
        return new Restoring(streams);
    }

    final class Restoring extends InMemoryEventStorageEngine {

        private final EventStorageEngine streams;
        private final List<Object> appended = new ArrayList<>();

        private Restoring(EventStorageEngine streams) {
            this.streams = streams;
        }

        List<Object> takeAppended() {
            List<Object> taken = List.copyOf(appended);
            appended.clear();
            return taken;
        }

        @Override
        public void appendEvents(List<? extends EventMessage<?>> events) {
            requireNext(streams, events);
            events.forEach(event -> appended.add(event.getPayload()));
        }

        @Override
        public Optional<DomainEventMessage<?>> readSnapshot(String stream) {
            var events = streams.readEvents(stream).asStream().toList();
            return type(events) == null
                    ? Optional.empty()
                    : Optional.of(snapshot(events.subList(0, 1 + random.nextInt(events.size()))));
        }

        @Override
        public DomainEventStream readEvents(String stream, long from) {
            return streams.readEvents(stream, from);
        }

        @Override
        public Optional<Long> lastSequenceNumberFor(String stream) {
            return streams.lastSequenceNumberFor(stream);
        }
    }

    /** Compares all fields, to detect fields that are missing in the snapshot. */
    void expectTheSameStateAfterEach(List<? extends DomainEventMessage<?>> events) {
        if (type(events) == null) {
            return;
        }
        Object whole = replayed(events);
        for (int cut = 1; cut <= events.size(); cut++) {
            List<DomainEventMessage<?>> restoring = new ArrayList<>();
            restoring.add(snapshot(events.subList(0, cut)));
            restoring.addAll(events.subList(cut, events.size()));
            assertThat(replayed(restoring))
                    .as("%d events after a snapshot of %d", events.size() - cut, cut)
                    .usingRecursiveComparison()
                    .isEqualTo(whole);
        }
    }

    private DomainEventMessage<?> snapshot(List<? extends DomainEventMessage<?>> events) {
        AggregateSnapshot made = replayed(events).snapshot();
        SerializedObject<String> stored = serializer.serialize(made, String.class);
        DomainEventMessage<?> last = events.getLast();
        return new GenericDomainEventMessage<>(
                last.getType(),
                last.getAggregateIdentifier(),
                last.getSequenceNumber(),
                serializer.deserialize(stored));
    }

    private static Snapshottable replayed(List<? extends DomainEventMessage<?>> events) {
        Object first = events.getFirst().getPayload();
        boolean organization = first instanceof OrganizationCreated
                || first instanceof AggregateSnapshot
                        && first.getClass().getSimpleName().startsWith("Organization");
        return organization ? replayed(Organization.class, events) : replayed(User.class, events);
    }

    private static <T> T replayed(Class<T> type, List<? extends DomainEventMessage<?>> events) {
        DomainEventMessage<?> first = events.getFirst();
        @SuppressWarnings("unchecked")
        var model = (AggregateModel<T>) MODELS.get(type);
        EventSourcedAggregate<T> aggregate = EventSourcedAggregate.initialize(
                new GenericAggregateFactory<>(model).createAggregateRoot(first.getAggregateIdentifier(), first),
                model,
                null,
                NoSnapshotTriggerDefinition.TRIGGER);
        aggregate.initializeState(DomainEventStream.of(events.stream()));
        return aggregate.getAggregateRoot();
    }

    private static @Nullable Class<? extends Snapshottable> type(List<? extends DomainEventMessage<?>> events) {
        return events.isEmpty()
                ? null
                : switch (events.getFirst().getPayload()) {
                    case UserSignedUp fact -> User.class;
                    case OrganizationCreated fact -> Organization.class;
                    default -> null;
                };
    }
}
