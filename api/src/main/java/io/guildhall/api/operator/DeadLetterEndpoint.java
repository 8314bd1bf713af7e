package io.guildhall.api.operator;

import io.guildhall.api.error.RequestRejectionException;
import io.guildhall.api.security.Permission;
import io.guildhall.api.security.RequiresPermission;
import io.guildhall.api.web.PageParameters;
import io.guildhall.infrastructure.projection.deadletter.DeadLetter;
import io.guildhall.infrastructure.projection.deadletter.DeadLetterProcessor;
import io.guildhall.infrastructure.projection.deadletter.DeadLetterRepository;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Events that a projection could not take, and those that wait behind them; and what is to become of them. */
@RestController
@RequestMapping("/operator/v1/dead_letters")
class DeadLetterEndpoint {

    private final DeadLetterRepository letters;
    private final DeadLetterProcessor deadLetterProcessor;

    DeadLetterEndpoint(DeadLetterRepository letters, DeadLetterProcessor deadLetterProcessor) {
        this.letters = letters;
        this.deadLetterProcessor = deadLetterProcessor;
    }

    /**
     * Where and why, and nothing of what the event says.
     *
     * @param projection or what reacts to events, such as mail
     * @param streamId of the organization or user
     * @param position in the global order of events
     * @param sequence in the trail
     * @param state POISONED, or WAITING behind one that is
     * @param reason empty for one that waits
     * @param attempts to project it since
     */
    record Letter(
            String id,
            String projection,
            String streamId,
            String position,
            String sequence,
            String event,
            String state,
            String reason,
            int attempts,
            Instant createdAt,
            Instant parkedAt) {

        static Letter of(DeadLetter letter) {
            return new Letter(
                    letter.id().toString(),
                    letter.projection(),
                    letter.trail(),
                    Long.toString(letter.position()),
                    Long.toString(letter.sequence()),
                    letter.event(),
                    letter.reason() == null ? "WAITING" : "POISONED",
                    Objects.requireNonNullElse(letter.reason(), ""),
                    letter.attempts(),
                    letter.at(),
                    letter.parked());
        }
    }

    record Letters(List<Letter> deadLetters, long limit, long offset, long count) {}

    record Wanted(@Nullable String projection) {}

    /**
     * What has become of them.
     *
     * @param projected how many are none any more
     * @param count how many are left of the projection that was named, or in all
     */
    record Outcome(long projected, long count) {}

    /** @param projection all of them without */
    @GetMapping
    @RequiresPermission(Permission.OPERATE)
    Letters list(@RequestParam(required = false) @Nullable String projection, PageParameters page) {
        String wanted = known(projection);
        return new Letters(
                letters.list(wanted, page.limit(), page.offset()).stream()
                        .map(Letter::of)
                        .toList(),
                page.limit(),
                page.offset(),
                letters.count(wanted));
    }

    /** All of one projection, or all there are: when what was wrong is mended. Each stream in its order, up to what fails again. */
    @PostMapping("/retry")
    @RequiresPermission(Permission.OPERATE)
    Outcome retryAll(@RequestBody Wanted wanted) {
        String projection = known(wanted.projection());
        long projected = deadLetterProcessor.retryAll(projection);
        return new Outcome(projected, letters.count(projection));
    }

    /** With those before it of the same projection and stream, and those behind it. */
    @PostMapping("/{id}/retry")
    @RequiresPermission(Permission.OPERATE)
    Outcome retry(@PathVariable UUID id) {
        String projection = present(id).projection();
        long projected = deadLetterProcessor.retry(id);
        return new Outcome(projected, letters.count(projection));
    }

    /** The projection goes without this event; those that waited behind it are tried. A rebuild will come by the event again. */
    @PostMapping("/{id}/discard")
    @RequiresPermission(Permission.OPERATE)
    Outcome discard(@PathVariable UUID id) {
        String projection = present(id).projection();
        long projected = deadLetterProcessor.discard(id);
        return new Outcome(projected, letters.count(projection));
    }

    private DeadLetter present(UUID id) {
        DeadLetter letter = letters.find(id);
        if (letter == null) {
            throw RequestRejectionException.notFound("dead letter");
        }
        return letter;
    }

    private @Nullable String known(@Nullable String projection) {
        if (projection == null || projection.isEmpty()) {
            return null;
        }
        if (!deadLetterProcessor.groups().contains(projection)) {
            throw RequestRejectionException.invalidArgument(
                    "projection", "There is no such projection, only %s.".formatted(deadLetterProcessor.groups()));
        }
        return projection;
    }
}
