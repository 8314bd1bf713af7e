package io.guildhall.api.operator;

import io.guildhall.api.error.RequestRejectionException;
import io.guildhall.api.security.Permission;
import io.guildhall.api.security.RequiresPermission;
import io.guildhall.api.web.EmptyResponse;
import io.guildhall.infrastructure.idempotency.IdempotentExecution;
import io.guildhall.infrastructure.jobs.JobScheduler;
import io.guildhall.infrastructure.projection.Projection;
import io.guildhall.infrastructure.projection.rebuild.RebuildView;
import io.guildhall.infrastructure.projection.rebuild.Rebuilder;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How projections stand, and making them anew. */
@RestController
@RequestMapping("/operator/v1")
class RebuildEndpoint {

    private final Rebuilder rebuilder;
    private final JobScheduler jobs;
    private final ProjectionStatus projectionStatus;

    RebuildEndpoint(Rebuilder rebuilder, JobScheduler jobs, ProjectionStatus projectionStatus) {
        this.rebuilder = rebuilder;
        this.jobs = jobs;
        this.projectionStatus = projectionStatus;
    }

    record Wanted(
            @Nullable List<String> projections, @Nullable Boolean takeOverDespiteDifferences) {}

    /**
     * One projection.
     *
     * @param position the last event that it shows
     * @param lagEvents how many it does not show yet; none where it is written in the transaction of the events themselves
     * @param lagSeconds since the oldest of these happened
     * @param eventsPerSecond that came to be shown in the last seconds; not there at first
     * @param state LIVE; REBUILDING while a new generation is built beside it; DEGRADED while it has dead letters
     * @param deadLetters events that it could not take, and those that wait behind them
     */
    record ProjectionReply(
            String name,
            int version,
            String position,
            String lagEvents,
            double lagSeconds,
            @Nullable Double eventsPerSecond,
            String state,
            long deadLetters) {

        static ProjectionReply of(Projection projection, ProjectionStatus.Seen seen) {
            long letters = seen.deadLetters().getOrDefault(projection.name(), 0L);
            String state = seen.isRebuilding(projection.name()) ? "REBUILDING" : letters > 0 ? "DEGRADED" : "LIVE";
            return new ProjectionReply(
                    projection.name(),
                    projection.version(),
                    Long.toString(seen.position()),
                    Long.toString(seen.behind().events()),
                    seen.behind().time().toMillis() / 1000.0,
                    Double.isNaN(seen.rate()) ? null : seen.rate(),
                    state,
                    letters);
        }
    }

    /** @param secondsLeft at this rate; absent when it is not known, or nothing is left to do */
    record RebuildReply(
            String id,
            List<String> projections,
            String state,
            String position,
            String target,
            double eventsPerSecond,
            @Nullable Long secondsLeft,
            Instant startedAt,
            Instant updatedAt,
            @Nullable String reason) {

        static @Nullable RebuildReply of(@Nullable RebuildView view) {
            return view == null
                    ? null
                    : new RebuildReply(
                            view.id().toString(),
                            view.projections(),
                            view.state(),
                            Long.toString(view.position()),
                            Long.toString(view.target()),
                            view.rate(),
                            view.secondsLeft(),
                            view.started(),
                            view.updated(),
                            view.reason());
        }
    }

    /** @param deadLetters of all of them, and of what else reacts to events */
    record Projections(
            List<ProjectionReply> projections,
            long deadLetters,
            @Nullable RebuildReply rebuild) {}

    record Rebuild(@Nullable RebuildReply rebuild) {}

    @GetMapping("/projections")
    @RequiresPermission(Permission.OPERATE)
    Projections projections() {
        ProjectionStatus.Seen seen = projectionStatus.now();
        return new Projections(
                rebuilder.projections().stream()
                        .map(each -> ProjectionReply.of(each, seen))
                        .toList(),
                seen.allDeadLetters(),
                RebuildReply.of(seen.rebuild()));
    }

    @GetMapping("/rebuilds/latest")
    @RequiresPermission(Permission.OPERATE)
    Rebuild latest() {
        RebuildView latest = rebuilder.latest();
        if (latest == null) {
            throw RequestRejectionException.notFound("rebuild");
        }
        return new Rebuild(RebuildReply.of(latest));
    }

    @PostMapping("/rebuilds")
    @RequiresPermission(Permission.OPERATE)
    Rebuild begin(@RequestBody Wanted wanted) {
        List<String> names = wanted.projections() == null ? List.of() : wanted.projections();
        try {
            RebuildView begun = rebuilder.begin(
                    IdempotentExecution.newId("rebuild-id"),
                    names,
                    Boolean.TRUE.equals(wanted.takeOverDespiteDifferences()));
            jobs.runNow(RebuildJob.NAME);
            return new Rebuild(RebuildReply.of(begun));
        } catch (IllegalArgumentException unknown) {
            throw RequestRejectionException.invalidArgument("projections", message(unknown));
        } catch (IllegalStateException underWay) {
            throw RequestRejectionException.conflict(message(underWay));
        }
    }

    /** Takes over a new generation that differs from the one in use. */
    @PostMapping("/rebuilds/{id}/accept")
    @RequiresPermission(Permission.OPERATE)
    EmptyResponse accept(@PathVariable UUID id) {
        requirePresent(id);
        rebuilder.acceptDifferences(id);
        jobs.runNow(RebuildJob.NAME);
        return EmptyResponse.INSTANCE;
    }

    @PostMapping("/rebuilds/{id}/cancel")
    @RequiresPermission(Permission.OPERATE)
    EmptyResponse cancel(@PathVariable UUID id) {
        requirePresent(id);
        rebuilder.cancel(id);
        return EmptyResponse.INSTANCE;
    }

    private void requirePresent(UUID id) {
        if (rebuilder.find(id) == null) {
            throw RequestRejectionException.notFound("rebuild");
        }
    }

    private static String message(RuntimeException why) {
        return String.valueOf(why.getMessage());
    }
}
