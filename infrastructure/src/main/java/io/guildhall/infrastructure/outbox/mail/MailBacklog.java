package io.guildhall.infrastructure.outbox.mail;

import io.guildhall.infrastructure.outbox.mail.MailOutbox.Backlog;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * How many mails wait, counted every 10 s, so that nobody who reads metrics or health waits for the database. The health is degraded while
 * mails cannot leave, or some were given up. It is never down: mails wait, everything else works, and another node could not send them
 * either.
 */
@Component("mail")
class MailBacklog implements HealthIndicator {

    private static final Status DEGRADED = new Status("DEGRADED");

    private final MailOutbox mails;
    private final MailOutboxWorker worker;
    /** Null when the database did not give it. */
    private volatile @Nullable Backlog last;

    MailBacklog(MailOutbox mails, MailOutboxWorker worker, MeterRegistry meters) {
        this.mails = mails;
        this.worker = worker;
        gauge("guildhall.mails.waiting", "Mails to be sent, of all nodes", Backlog::waiting, meters);
        gauge(
                "guildhall.mails.due",
                "Mails that are due and that no worker has taken yet, of all nodes",
                Backlog::due,
                meters);
        gauge(
                "guildhall.mails.parked",
                "Mails that were given up and wait for an operator, of all nodes",
                Backlog::parked,
                meters);
    }

    private void gauge(String name, String description, ToLongFunction<Backlog> count, MeterRegistry meters) {
        Gauge.builder(name, this, it -> it.read(count)).description(description).register(meters);
    }

    private double read(ToLongFunction<Backlog> count) {
        Backlog known = last;
        return known == null ? Double.NaN : count.applyAsLong(known);
    }

    @Override
    public Health health() {
        Backlog known = last;
        boolean leaving = worker.isDelivering();
        boolean parked = known != null && known.parked() > 0;
        Health.Builder health = leaving && !parked ? Health.up() : Health.status(DEGRADED);
        if (known != null) {
            health.withDetail("waiting", known.waiting()).withDetail("parked", known.parked());
        }
        return health.withDetail("leaving", leaving).build();
    }

    @Scheduled(fixedDelay = 10, timeUnit = TimeUnit.SECONDS)
    void count() {
        try {
            last = mails.backlog();
        } catch (DataAccessException away) {
            last = null;
        }
    }
}
