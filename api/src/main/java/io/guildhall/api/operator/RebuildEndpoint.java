package io.guildhall.api.operator;

import io.guildhall.api.turn.Turn;
import io.guildhall.api.web.Choices;
import io.guildhall.api.web.Nothing;
import io.guildhall.api.web.Permitted;
import io.guildhall.api.web.WebRefusal;
import io.guildhall.api.web.Who;
import io.guildhall.api.wiring.Positions;
import io.guildhall.domain.kernel.CommandRefused;
import io.guildhall.query.rebuild.RebuildView;
import io.guildhall.query.rebuild.Rebuilder;
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
    private final RebuildWorker worker;
    private final Positions positions;

    RebuildEndpoint(Rebuilder rebuilder, RebuildWorker worker, Positions positions) {
        this.rebuilder = rebuilder;
        this.worker = worker;
        this.positions = positions;
    }

    record Wanted(
            @Nullable List<String> projections, @Nullable Boolean takeOverDespiteDifferences) {}

    /**
     * One projection. It is written in the transaction of the events themselves, so its lag is always 0.
     *
     * @param state LIVE, or REBUILDING while a new generation is built beside it
     */
    record ProjectionReply(String name, int version, String position, String lagEvents, String state) {}

    record RebuildReply(
            String id,
            List<String> projections,
            String state,
            String position,
            String target,
            double eventsPerSecond,
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
                            view.started(),
                            view.updated(),
                            view.reason());
        }
    }

    record Projections(
            List<ProjectionReply> projections, @Nullable RebuildReply rebuild) {}

    record Rebuild(@Nullable RebuildReply rebuild) {}

    @GetMapping("/projections")
    @Permitted(Who.OPERATOR)
    Projections projections() {
        String head = Long.toString(positions.head());
        RebuildView latest = rebuilder.latest();
        List<String> rebuilding = latest != null && latest.underWay() ? latest.projections() : List.of();
        return new Projections(
                rebuilder.projections().stream()
                        .map(each -> new ProjectionReply(
                                each.name(),
                                each.version(),
                                head,
                                "0",
                                rebuilding.contains(each.name()) ? "REBUILDING" : "LIVE"))
                        .toList(),
                RebuildReply.of(latest));
    }

    @GetMapping("/rebuilds/latest")
    @Permitted(Who.OPERATOR)
    Rebuild latest() {
        RebuildView latest = rebuilder.latest();
        if (latest == null) {
            throw CommandRefused.because(new WebRefusal.NotFound("rebuild"));
        }
        return new Rebuild(RebuildReply.of(latest));
    }

    @PostMapping("/rebuilds")
    @Permitted(Who.OPERATOR)
    Rebuild begin(@RequestBody Wanted wanted) {
        List<String> names = wanted.projections() == null ? List.of() : wanted.projections();
        try {
            RebuildView begun =
                    rebuilder.begin(Turn.newId(), names, Boolean.TRUE.equals(wanted.takeOverDespiteDifferences()));
            worker.nudge();
            return new Rebuild(RebuildReply.of(begun));
        } catch (IllegalArgumentException unknown) {
            throw CommandRefused.because(new WebRefusal.FieldMalformed("projections", message(unknown)));
        } catch (IllegalStateException underWay) {
            throw CommandRefused.because(new WebRefusal.Conflicting(message(underWay)));
        }
    }

    /** Takes over a new generation that differs from the one in use. */
    @PostMapping("/rebuilds/{id}/accept")
    @Permitted(Who.OPERATOR)
    Nothing accept(@PathVariable UUID id) {
        requirePresent(id);
        rebuilder.acceptDifferences(id);
        worker.nudge();
        return Nothing.AT_ALL;
    }

    @PostMapping("/rebuilds/{id}/cancel")
    @Permitted(Who.OPERATOR)
    Nothing cancel(@PathVariable UUID id) {
        requirePresent(id);
        rebuilder.cancel(id);
        return Nothing.AT_ALL;
    }

    private void requirePresent(UUID id) {
        if (rebuilder.find(id) == null) {
            throw CommandRefused.because(new WebRefusal.NotFound("rebuild"));
        }
    }

    private static String message(RuntimeException why) {
        return Choices.required("message", why.getMessage());
    }
}
