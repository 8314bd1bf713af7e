package io.guildhall.infrastructure.observability;

import io.guildhall.infrastructure.observability.Tracing.Part;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.MessageDispatchInterceptor;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;

/**
 * How appends went: one timer and, where traces are on, one span for each, from when the events of a command are handed to the
 * store until they are kept.
 */
public final class AppendMetrics implements MessageDispatchInterceptor<EventMessage<?>> {

    private static final String KEY = AppendMetrics.class.getName();

    private final Tracing tracing;
    private final Timer appends;
    private final boolean projectedElsewhere;

    private AppendMetrics(MeterRegistry meters, Tracing tracing, boolean projectedElsewhere) {
        this.tracing = tracing;
        this.projectedElsewhere = projectedElsewhere;
        this.appends = Timer.builder("guildhall.append")
                .description("Time to store the events of a command durably")
                .serviceLevelObjectives(
                        Duration.ofMillis(1),
                        Duration.ofMillis(2),
                        Duration.ofMillis(5),
                        Duration.ofMillis(10),
                        Duration.ofMillis(25),
                        Duration.ofMillis(100),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(2))
                .register(meters);
    }

    /** Where events are projected in the transaction that appends them: the rows of the read models are part of it. */
    public static AppendMetrics ofOneTransaction(MeterRegistry meters, Tracing tracing) {
        return new AppendMetrics(meters, tracing, false);
    }

    /** Where they are projected by who reads them from the store, which is told what they were appended for. */
    public static AppendMetrics ofSharedStore(MeterRegistry meters, Tracing tracing) {
        return new AppendMetrics(meters, tracing, true);
    }

    @Override
    public BiFunction<Integer, EventMessage<?>, EventMessage<?>> handle(List<? extends EventMessage<?>> events) {
        if (CurrentUnitOfWork.isStarted()) {
            UnitOfWork<?> work = CurrentUnitOfWork.get().root();
            if (work.getResource(KEY) == null) {
                work.resources().put(KEY, KEY);
                report(work);
            }
        }
        String parent = projectedElsewhere ? tracing.current() : null;
        return (index, event) -> naming(parent, event);
    }

    private void report(UnitOfWork<?> work) {
        long begun = System.nanoTime();
        Part part = tracing.beginWithin("append");
        work.afterCommit(kept -> appends.record(Duration.ofNanos(System.nanoTime() - begun)));
        work.onCleanup(over -> part.close());
    }

    private static EventMessage<?> naming(@Nullable String parent, EventMessage<?> event) {
        return parent == null ? event : event.andMetaData(Map.of(Tracing.PARENT, parent));
    }
}
