package io.guildhall.api.mail;

import io.guildhall.api.mail.MailOutbox.Backlog;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** How many mails wait, counted now and then, so that who looks at the meters never waits for the database. */
@Component
class MailBacklog {

    private final MailOutbox mails;
    private volatile @Nullable Backlog last;

    MailBacklog(MailOutbox mails, MeterRegistry meters) {
        this.mails = mails;
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

    /** The last count; null when the database did not give one. */
    @Nullable Backlog last() {
        return last;
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
