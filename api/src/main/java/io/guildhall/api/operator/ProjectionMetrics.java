package io.guildhall.api.operator;

import io.guildhall.infrastructure.command.ReadModelProgress;
import io.guildhall.infrastructure.projection.Projection;
import io.guildhall.infrastructure.projection.deadletter.DeadLetterProcessor;
import io.guildhall.infrastructure.projection.rebuild.RebuildView;
import io.guildhall.infrastructure.projection.rebuild.Rebuilder;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/** Meters of the projections' state. Reading them causes no query. */
@Component
class ProjectionMetrics implements SmartInitializingSingleton {

    private static final String PROJECTION = "projection";

    private final ProjectionStatus projectionStatus;
    private final Rebuilder rebuilder;
    private final DeadLetterProcessor deadLetterProcessor;
    private final ReadModelProgress readModelProgress;
    private final MeterRegistry meters;

    ProjectionMetrics(
            ProjectionStatus projectionStatus,
            Rebuilder rebuilder,
            DeadLetterProcessor deadLetterProcessor,
            ReadModelProgress readModelProgress,
            MeterRegistry meters) {
        this.projectionStatus = projectionStatus;
        this.rebuilder = rebuilder;
        this.deadLetterProcessor = deadLetterProcessor;
        this.readModelProgress = readModelProgress;
        this.meters = meters;
    }

    @Override
    public void afterSingletonsInstantiated() {
        for (Projection each : rebuilder.projections()) {
            ofProjection(
                    "lag.events",
                    each.name(),
                    seen -> seen.behind().events(),
                    "Events that are stored and not projected yet");
            ofProjection(
                    "lag.seconds",
                    each.name(),
                    seen -> seen.behind().time().toMillis() / 1000.0,
                    "Age of the oldest event that is not projected yet, in seconds");
            ofProjection(
                    "rebuilding",
                    each.name(),
                    seen -> seen.isRebuilding(each.name()) ? 1 : 0,
                    "1 while the projection is being rebuilt");
        }
        for (String group : deadLetterProcessor.groups()) {
            ofProjection(
                    "dead.letters",
                    group,
                    seen -> seen.deadLetters().getOrDefault(group, 0L),
                    "Events that could not be processed, and the events behind them");
        }
        gauge("projections.position", "Position of the last projected event", ProjectionStatus.Seen::position);
        Gauge.builder("guildhall.projections.segments", readModelProgress, ReadModelProgress::segments)
                .description("Segments of the event streams that this node processes")
                .register(meters);
        gauge("rebuild.progress", "Progress of the current rebuild, from 0 to 1", seen -> progress(seen.rebuild()));
    }

    /** Not a number while there is none. */
    private static double progress(@Nullable RebuildView rebuild) {
        if (rebuild == null || !rebuild.underWay()) {
            return Double.NaN;
        }
        return rebuild.target() == 0 ? 0 : (double) rebuild.position() / rebuild.target();
    }

    private void ofProjection(
            String name, String projection, ToDoubleFunction<ProjectionStatus.Seen> value, String what) {
        Gauge.builder("guildhall.projections." + name, projectionStatus, it -> value.applyAsDouble(it.latest()))
                .tag(PROJECTION, projection)
                .description(what)
                .register(meters);
    }

    private void gauge(String name, String what, ToDoubleFunction<ProjectionStatus.Seen> value) {
        Gauge.builder("guildhall." + name, projectionStatus, it -> value.applyAsDouble(it.latest()))
                .description(what)
                .register(meters);
    }
}
