package io.guildhall.infrastructure.observability;

import io.guildhall.domain.invitation.InvitationRejections;
import io.guildhall.domain.shared.ActorContext;
import io.guildhall.domain.shared.Rejection;
import io.guildhall.infrastructure.observability.Tracing.SpanScope;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Measures commands: a timer and, if tracing is on, a span per command. */
@Component
public class CommandMetrics {

    private static final Duration[] BUCKETS = {
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5)
    };

    private static final String SEATS_EXHAUSTED =
            InvitationRejections.seatsExhausted("", 0).code();
    private static final String NONE = "none";

    private final MeterRegistry meters;
    private final Tracing tracing;
    private final Map<Kind, Timer> timers = new ConcurrentHashMap<>();
    private final Counter lostRaces;

    CommandMetrics(MeterRegistry meters, Tracing tracing) {
        this.meters = meters;
        this.tracing = tracing;
        this.lostRaces = Counter.builder("guildhall.races.lost")
                .description("Appends that lost a race, so that the command was run again")
                .register(meters);
    }

    private enum Outcome {
        DONE,
        REFUSED,
        UNAVAILABLE,
        FAILED;

        String tagValue() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private record Kind(Class<?> command, Outcome outcome, String rejection) {}

    public Report begin(Object command, ActorContext actor) {
        SpanScope span = tracing.begin(command.getClass().getSimpleName()).tag("request", actor.request());
        return new Report(command.getClass(), span, System.nanoTime());
    }

    /** Measures one command from dispatch to its outcome. One outcome is reported, by the thread that began it. */
    public final class Report {

        private final Class<?> command;
        private final SpanScope span;
        private final long start;

        private Report(Class<?> command, SpanScope span, long start) {
            this.command = command;
            this.span = span;
            this.start = start;
        }

        /** Counts a lost race; the command is retried. */
        public void lostARace() {
            lostRaces.increment();
        }

        public void done() {
            end(Outcome.DONE, NONE);
        }

        public void refused(Rejection why) {
            if (why.code().equals(SEATS_EXHAUSTED)) {
                Counter.builder("guildhall.seats.refused")
                        .description("Invitations refused because no seat was free")
                        .tag("plan", why.tags().getOrDefault("plan", "none"))
                        .register(meters)
                        .increment();
            }
            span.tag("refusal", why.code());
            end(Outcome.REFUSED, why.code());
        }

        /** The store did not answer in time. */
        public void unavailable() {
            end(Outcome.UNAVAILABLE, NONE);
        }

        /** The command failed unexpectedly. */
        public void failed() {
            end(Outcome.FAILED, NONE);
        }

        private void end(Outcome outcome, String rejection) {
            var kind = new Kind(command, outcome, rejection);
            Timer timer = timers.get(kind);
            if (timer == null) {
                timer = timers.computeIfAbsent(kind, this::timer);
            }
            timer.record(Duration.ofNanos(System.nanoTime() - start));
            span.tag("outcome", outcome.tagValue()).close();
        }

        private Timer timer(Kind kind) {
            return Timer.builder("guildhall.commands")
                    .description("Time from sending a command until the read models show its result")
                    .tag("type", kind.command().getSimpleName())
                    .tag("outcome", kind.outcome().tagValue())
                    .tag("refusal", kind.rejection())
                    .serviceLevelObjectives(BUCKETS)
                    .register(meters);
        }
    }
}
