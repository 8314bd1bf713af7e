package io.guildhall.api.operator;

import io.guildhall.api.error.RequestRejectionException;
import io.guildhall.api.security.Permission;
import io.guildhall.api.security.RequiresPermission;
import io.guildhall.api.web.EventStream;
import io.guildhall.infrastructure.observability.FailureLog;
import io.guildhall.infrastructure.projection.rebuild.RebuildView;
import io.guildhall.infrastructure.projection.rebuild.Rebuilder;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** A rebuild as it gets on, whichever process carries it out. */
@RestController
class RebuildProgressEndpoint {

    private static final Logger LOG = LoggerFactory.getLogger(RebuildProgressEndpoint.class);

    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final Duration HEART_BEAT = Duration.ofSeconds(15);

    private final Rebuilder rebuilder;
    private final JsonMapper json;
    private volatile boolean ending;

    RebuildProgressEndpoint(Rebuilder rebuilder, JsonMapper json) {
        this.rebuilder = rebuilder;
        this.json = json;
    }

    /**
     * Server-Sent Events: how it stands, whenever that has changed; an event {@code end} with how it ended, or that it waits for
     * the operator's decision. A reader whose connection breaks comes back to how it stands then.
     */
    @GetMapping("/operator/v1/rebuilds/{id}/stream")
    @RequiresPermission(Permission.OPERATE)
    void follow(@PathVariable UUID id, HttpServletResponse response) {
        RebuildView found = rebuilder.find(id);
        if (found == null) {
            throw RequestRejectionException.notFound("rebuild");
        }
        try {
            send(EventStream.open(response), found);
        } catch (IOException gone) {
            LOG.debug("A follower is gone", gone);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Readers come back, to another process. */
    @EventListener(ContextClosedEvent.class)
    void end() {
        ending = true;
    }

    private void send(EventStream stream, RebuildView found) throws IOException, InterruptedException {
        RebuildView now = found;
        String said = "";
        long lastSaid = System.nanoTime();
        while (!ending && now != null && now.underWay()) {
            String progress = said(now);
            if (!progress.equals(said)) {
                stream.event("progress", progress);
                stream.flush();
                said = progress;
                lastSaid = System.nanoTime();
            } else if (System.nanoTime() - lastSaid > HEART_BEAT.toNanos()) {
                stream.heartBeat();
                lastSaid = System.nanoTime();
            }
            Thread.sleep(PAUSE);
            now = look(now);
        }
        if (!ending && now != null) {
            stream.event("end", said(now));
            stream.flush();
        }
    }

    /** Null when the stream ends: the client reconnects. */
    private @Nullable RebuildView look(RebuildView rebuild) {
        try {
            return rebuilder.find(rebuild.id());
        } catch (RuntimeException failure) {
            FailureLog.warn(LOG, "A rebuild cannot be followed further", failure);
            return null;
        }
    }

    private String said(RebuildView rebuild) {
        return json.writeValueAsString(RebuildEndpoint.RebuildReply.of(rebuild));
    }
}
