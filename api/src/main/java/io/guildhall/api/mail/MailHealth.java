package io.guildhall.api.mail;

import io.guildhall.api.mail.MailOutbox.Backlog;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/**
 * Degraded while mails cannot leave, or some were given up. Never down: mails wait, and all else works, so it is no reason to
 * send callers to another process, which could not send them either.
 */
@Component("mail")
class MailHealth implements HealthIndicator {

    private static final Status DEGRADED = new Status("DEGRADED");

    private final MailOutboxWorker worker;
    private final MailBacklog backlog;

    MailHealth(MailOutboxWorker worker, MailBacklog backlog) {
        this.worker = worker;
        this.backlog = backlog;
    }

    @Override
    public Health health() {
        Backlog last = backlog.last();
        boolean leaving = worker.isDelivering();
        boolean parked = last != null && last.parked() > 0;
        Health.Builder health = leaving && !parked ? Health.up() : Health.status(DEGRADED);
        if (last != null) {
            health.withDetail("waiting", last.waiting()).withDetail("parked", last.parked());
        }
        return health.withDetail("leaving", leaving).build();
    }
}
