package io.guildhall.infrastructure.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A decision is never made on what another process has left behind, whether the store is asked before it or by the append. */
class CachingAggregateRepositoryTest {

    private static final String COUNTER = "c1";

    record Counted() {}

    static class Counter {

        @AggregateIdentifier
        private @Nullable String id;

        private int count;

        Counter() {}

        static Counter begin() {
            var counter = new Counter();
            AggregateLifecycle.apply(new Counted());
            return counter;
        }

        void count() {
            AggregateLifecycle.apply(new Counted());
        }

        @EventSourcingHandler
        void on(Counted event) {
            id = COUNTER;
            count++;
        }
    }

    /** Refuses a sequence number that is taken, as both stores do; says how often it was read from. */
    private static class Engine extends InMemoryEventStorageEngine {

        private long length;
        private int reads;

        @Override
        public void appendEvents(List<? extends EventMessage<?>> events) {
            for (EventMessage<?> event : events) {
                if (((DomainEventMessage<?>) event).getSequenceNumber() != length) {
                    throw new ConcurrencyException("taken");
                }
                super.appendEvents(List.of(event));
                length++;
            }
        }

        @Override
        public Optional<Long> lastSequenceNumberFor(String stream) {
            return Optional.of(length - 1);
        }

        @Override
        public DomainEventStream readEvents(String stream, long from) {
            reads++;
            return super.readEvents(stream, from);
        }
    }

    private final Engine engine = new Engine();
    private final EmbeddedEventStore store =
            EmbeddedEventStore.builder().storageEngine(engine).build();
    private final CachingAggregateRepository<Counter> counters =
            new CachingAggregateRepository<>(Counter.class, store, 10);

    @BeforeEach
    void begin() throws Exception {
        in(() -> counters.newInstance(Counter::begin));
        engine.reads = 0;
    }

    @AfterEach
    void shutDown() {
        store.shutDown();
    }

    @Test
    void readsNothingOfAnAggregateThatOnlyThisProcessHasChanged() throws Exception {
        assertThat(optimistic(this::count)).isEqualTo(new Decision(2, true));
        assertThat(optimistic(this::count)).isEqualTo(new Decision(3, true));
        assertThat(engine.reads).isZero();
    }

    @Test
    void readsNewerEventsWithoutOptimisticReads() throws Exception {
        assertThat(in(this::count)).isEqualTo(2);
        assertThat(engine.reads).isEqualTo(1);
    }

    @Test
    void failsTheAppendWhenAnotherProcessHasAppended() throws Exception {
        anotherProcessCounts(1);
        assertThatThrownBy(() -> optimistic(this::count)).isInstanceOf(ConcurrencyException.class);
        assertThat(in(this::count)).isEqualTo(3);
    }

    @Test
    void queriesAnAggregateUntilNoOtherProcessAppendsToIt() throws Exception {
        anotherProcessCounts(1);
        assertThat(in(this::count)).isEqualTo(3);
        assertThat(optimistic(this::count)).isEqualTo(new Decision(4, false));
        assertThat(optimistic(this::count)).isEqualTo(new Decision(5, true));
    }

    @Test
    void queriesTheStoreBeforeTheCommitWhenNothingIsAppended() throws Exception {
        assertThat(optimistic(this::look)).isEqualTo(new Decision(1, true));
        assertThat(optimistic(this::count)).isEqualTo(new Decision(2, true));
        assertThat(engine.reads).isZero();
    }

    @Test
    void failsWhenNothingIsAppendedAndAnotherProcessHasAppended() throws Exception {
        anotherProcessCounts(1);
        assertThatThrownBy(() -> optimistic(this::look)).isInstanceOf(StaleAggregateException.class);
        assertThat(in(this::look)).isEqualTo(2);
    }

    private int count() throws Exception {
        return counters.load(COUNTER).invoke(counter -> {
            counter.count();
            return counter.count;
        });
    }

    private int look() throws Exception {
        return counters.load(COUNTER).invoke(counter -> counter.count);
    }

    private void anotherProcessCounts(long sequence) {
        engine.appendEvents(List.of(new GenericDomainEventMessage<>("Counter", COUNTER, sequence, new Counted())));
    }

    private record Decision(int count, boolean optimistic) {}

    private static Decision optimistic(Callable<Integer> decision) throws Exception {
        return in(
                OptimisticReads.METADATA,
                () -> new Decision(decision.call(), OptimisticReads.wereUsed(CurrentUnitOfWork.get())));
    }

    private static <R> R in(Callable<R> work) throws Exception {
        return in(MetaData.emptyInstance(), work);
    }

    private static <R> R in(MetaData metadata, Callable<R> work) throws Exception {
        UnitOfWork<?> unit = DefaultUnitOfWork.startAndGet(new GenericCommandMessage<>("count", metadata));
        try {
            R result = work.call();
            unit.commit();
            return result;
        } catch (Exception failure) {
            if (unit.isActive()) {
                unit.rollback(failure);
            }
            throw failure;
        }
    }
}
