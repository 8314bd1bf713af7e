package io.guildhall.api.activity;

import io.guildhall.api.error.RequestRejectionException;
import io.guildhall.api.query.QueryDispatcher;
import io.guildhall.api.security.AuthorizationInterceptor;
import io.guildhall.api.security.Caller;
import io.guildhall.api.security.Permission;
import io.guildhall.api.security.RequiresPermission;
import io.guildhall.api.web.EventStream;
import io.guildhall.domain.shared.DomainRejectionException;
import io.guildhall.infrastructure.observability.FailureLog;
import io.guildhall.query.activity.ActivityFilter;
import io.guildhall.query.activity.ActivityPage;
import io.guildhall.query.activity.ActivityView;
import io.guildhall.query.activity.ListActivities;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.constraints.Pattern;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/**
 * A trail as it grows, after all of it that was before. A trail's sequence numbers have no gap, and none is visible before the
 * one in front of it; so reading on from the last one neither loses nor repeats any, and history and present are one.
 */
@RestController
class ActivityStreamEndpoint {

    private static final Logger LOG = LoggerFactory.getLogger(ActivityStreamEndpoint.class);

    private static final long BATCH = 100;
    private static final String RULE = "must be a sequence number.";

    private final QueryDispatcher queries;
    private final AuthorizationInterceptor authorization;
    private final ActivityStreamPoller heads;
    private final ActivityProperties properties;
    private final JsonMapper json;
    private final Clock clock;

    ActivityStreamEndpoint(
            QueryDispatcher queries,
            AuthorizationInterceptor authorization,
            ActivityStreamPoller heads,
            ActivityProperties properties,
            JsonMapper json,
            Clock clock) {
        this.queries = queries;
        this.authorization = authorization;
        this.heads = heads;
        this.properties = properties;
        this.json = json;
        this.clock = clock;
    }

    /** Why no more comes. */
    record End(String reason) {}

    /**
     * @param after the sequence number after which to begin, or {@code latest} for new activities only; all of history without.
     *     What a reader says in {@code Last-Event-ID} comes first.
     */
    @GetMapping("/v1/activities/stream")
    @RequiresPermission(Permission.TRAIL_READ)
    void follow(
            @ParameterObject @ModelAttribute ActivityFilterParams wish,
            @RequestParam(defaultValue = "0") @Pattern(regexp = "latest|[0-9]{1,18}", message = RULE) String after,
            @RequestHeader(name = "Last-Event-ID", defaultValue = "") @Pattern(regexp = "[0-9]{0,18}", message = RULE) String lastEventId,
            Caller caller,
            HttpServletRequest request,
            HttpServletResponse response) {
        UUID trail = caller.organization();
        ActivityFilter filter = wish.filter();
        boolean resumed = !lastEventId.isEmpty();
        long position = position(trail, resumed ? lastEventId : after);
        boolean beyond = position > 0 && position > heads.head(trail);
        if (beyond && !resumed) {
            throw RequestRejectionException.invalidArgument(
                    "after", "after is beyond the end of the trail. Start over without it.");
        }
        try (ActivityStreamPoller.Watch watch = heads.watch(trail, caller.limitedId())) {
            if (beyond) {
                startOver(EventStream.open(response));
                return;
            }
            send(EventStream.open(response), watch, trail, filter, position, caller, request);
        } catch (IOException gone) {
            LOG.debug("A follower is gone", gone);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(
            EventStream stream,
            ActivityStreamPoller.Watch watch,
            UUID trail,
            ActivityFilter filter,
            long position,
            Caller admitted,
            HttpServletRequest request)
            throws IOException, InterruptedException {
        long reached = position;
        Caller caller = admitted;
        while (!watch.isEnding()) {
            ActivityPage page;
            try {
                page = queries.ask(new ListActivities(trail, filter, true, reached, BATCH, 0), ActivityPage.class);
                // After reading and before sending: a caller whose membership has ended gets nothing (R17: access ends
                // with the membership).
                caller = authorization.reauthorize(request, caller);
            } catch (DomainRejectionException | RequestRejectionException refused) {
                end(stream, String.valueOf(refused.getMessage()));
                return;
            } catch (RuntimeException failure) {
                // The reader comes back by itself, with its place.
                FailureLog.warn(LOG, "A trail cannot be followed further", failure);
                return;
            }
            for (ActivityView activity : page.activities()) {
                stream.event(activity.sequence(), json.writeValueAsString(activity));
            }
            stream.flush();
            Long next = page.next();
            reached = next == null ? Math.max(reached, page.head()) : next;
            if (next == null && !watch.awaitBeyond(reached, patience(caller)) && !watch.isEnding()) {
                stream.heartBeat();
            }
        }
    }

    /** A browser resumes by itself with the place that it knows, and would be refused for good. It forgets the place by this event. */
    private void startOver(EventStream stream) throws IOException {
        stream.reset(json.writeValueAsString(new End("Your place is beyond the end of the trail. Start over.")));
        stream.flush();
    }

    private void end(EventStream stream, String reason) throws IOException {
        stream.event("end", json.writeValueAsString(new End(reason)));
        stream.flush();
    }

    /** Until the next heart-beat, or until the token expires if that is sooner. */
    private Duration patience(Caller caller) {
        Duration valid = Duration.between(clock.instant(), caller.expiresAt());
        return valid.compareTo(properties.heartBeat()) < 0
                ? (valid.isNegative() ? Duration.ZERO : valid)
                : properties.heartBeat();
    }

    private long position(UUID trail, String after) {
        return after.equals("latest") ? heads.head(trail) : Long.parseLong(after);
    }
}
