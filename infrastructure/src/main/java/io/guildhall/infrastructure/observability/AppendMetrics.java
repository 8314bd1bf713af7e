package io.guildhall.infrastructure.observability;

import io.guildhall.infrastructure.observability.Tracing.SpanScope;
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
 * Measures appends: a timer and, if tracing is on, a span per append, from when a command's events are passed to the
 * store until they are stored.
 */
public final class AppendMetrics implements MessageDispatchInterceptor<EventMessage<?>> {

    private static final String KEY = AppendMetrics.class.getName();

    private final Tracing tracing;
    private final Timer appends;
    private final boolean projectedAsync;

    private AppendMetrics(MeterRegistry meters, Tracing tracing, boolean projectedAsync) {
        this.tracing = tracing;
        this.projectedAsync = projectedAsync;
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

    /** For a store whose transaction also updates the read models. */
    public static AppendMetrics ofOneTransaction(MeterRegistry meters, Tracing tracing) {
        return new AppendMetrics(meters, tracing, false);
    }

    /** For a store whose events are projected by an event processor. Adds the current span to the events. */
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
        String parent = projectedAsync ? tracing.current() : null;
        return (index, event) -> withParent(parent, event);
    }

    private void report(UnitOfWork<?> work) {
        long start = System.nanoTime();
        SpanScope span = tracing.beginWithin("append");
        work.afterCommit(committed -> appends.record(Duration.ofNanos(System.nanoTime() - start)));
        work.onCleanup(ended -> span.close());
    }

    private static EventMessage<?> withParent(@Nullable String parent, EventMessage<?> event) {
        return parent == null ? event : event.andMetaData(Map.of(Tracing.PARENT, parent));
    }
}
