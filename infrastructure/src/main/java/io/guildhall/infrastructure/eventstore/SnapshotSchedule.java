package io.guildhall.infrastructure.eventstore;

import io.guildhall.domain.shared.AggregateSnapshot;
import javax.annotation.Nonnull;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.SnapshotTrigger;
import org.axonframework.eventsourcing.SnapshotTriggerDefinition;
import org.axonframework.eventsourcing.Snapshotter;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;

/**
 * Schedules a snapshot when a stream's length passes a multiple of a number of events. Axon's own trigger counts the
 * events of one load, which are few when aggregates are cached.
 */
public final class SnapshotSchedule implements SnapshotTriggerDefinition {

    private final Snapshotter snapshotter;
    private final int events;

    /** @param events number of events between two snapshots of one stream */
    public SnapshotSchedule(Snapshotter snapshotter, int events) {
        this.snapshotter = snapshotter;
        this.events = events;
    }

    @Override
    public SnapshotTrigger prepareTrigger(@Nonnull Class<?> aggregateType) {
        return new Trigger(aggregateType);
    }

    @Override
    public SnapshotTrigger reconfigure(@Nonnull Class<?> aggregateType, @Nonnull SnapshotTrigger trigger) {
        return trigger;
    }

    private final class Trigger implements SnapshotTrigger {

        private final Class<?> aggregateType;
        private boolean initialized;
        private boolean scheduled;

        Trigger(Class<?> aggregateType) {
            this.aggregateType = aggregateType;
        }

        @Override
        public void eventHandled(@Nonnull EventMessage<?> message) {
            if (!scheduled
                    && message instanceof DomainEventMessage<?> event
                    && (event.getSequenceNumber() + 1) % events == 0
                    && !isState(event)) {
                scheduled = true;
                schedule(event.getAggregateIdentifier());
            }
        }

        /** Whether this message restores state: a stored snapshot or a cached aggregate. */
        private boolean isState(DomainEventMessage<?> event) {
            return event.getPayload() instanceof AggregateSnapshot || aggregateType.isInstance(event.getPayload());
        }

        /**
         * Schedules at once for events that were read; after the unit of work for events that are being applied, as
         * they must be stored first.
         */
        private void schedule(String stream) {
            if (initialized || !CurrentUnitOfWork.isStarted()) {
                snapshotter.scheduleSnapshot(aggregateType, stream);
            } else {
                CurrentUnitOfWork.get().root().onCleanup(work -> snapshotter.scheduleSnapshot(aggregateType, stream));
            }
        }

        @Override
        public void initializationFinished() {
            initialized = true;
        }
    }
}
