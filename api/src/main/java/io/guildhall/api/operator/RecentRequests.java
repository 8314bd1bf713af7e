package io.guildhall.api.operator;

import io.guildhall.infrastructure.projection.rebuild.ForegroundLoad;
import java.time.Duration;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.web.context.support.ServletRequestHandledEvent;

/**
 * Whether this process has answered a request lately. Requests of operators and health probes do not count, so that watching a rebuild does
 * not slow it down.
 */
@Component
final class RecentRequests implements ForegroundLoad {

    private static final long LATELY = Duration.ofMillis(500).toNanos();

    private volatile long last = System.nanoTime() - LATELY;

    @Override
    public boolean isThere() {
        return System.nanoTime() - last < LATELY;
    }

    @EventListener
    void on(ServletRequestHandledEvent request) {
        String path = request.getRequestUrl();
        if (!path.startsWith("/operator/") && !path.startsWith("/actuator/")) {
            last = System.nanoTime();
        }
    }
}
