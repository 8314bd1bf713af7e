package io.guildhall.infrastructure.outbox.mail;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import io.guildhall.infrastructure.command.ReadModelProgress;
import io.guildhall.infrastructure.jobs.JobScheduler;
import io.guildhall.infrastructure.outbox.OutboxWorker;
import io.guildhall.infrastructure.outbox.mail.MailOutbox.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Sends the mails of the outbox: at once when the transaction that adds one on this node has committed, and within a second the mails of
 * other nodes and those that are retried. Takes 32 at a time, and sends as many at the same time as {@code guildhall.mail.workers} says; a
 * slow recipient occupies one of these. While the mail server takes no mail, all wait, and one attempt now and then finds out when it
 * does.
 */
@Component
public class MailOutboxWorker extends OutboxWorker {

    private static final Logger log = LoggerFactory.getLogger(MailOutboxWorker.class);

    private static final int BATCH = 32;
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);
    private static final Duration FIRST_DELAY = Duration.ofSeconds(5);
    private static final Duration LONGEST_DELAY = Duration.ofMinutes(15);

    private final MailOutbox outbox;
    private final ReadModelProgress readModelProgress;
    private final MailContents contents;
    private final MimeMessageFactory mimeMessageFactory;
    private final MailTransport mailTransport;
    private final MailProperties properties;
    private final Clock clock;
    private final Counter sent;
    private final Counter failed;
    private final Counter suppressed;

    /** The last mail on which the server broke off, since when none was sent. */
    private final AtomicReference<@Nullable UUID> brokenOff = new AtomicReference<>();

    private final AtomicInteger failuresInARow = new AtomicInteger();
    private volatile Instant pausedUntil = Instant.MIN;
    private volatile boolean delivering = true;

    MailOutboxWorker(
            MailOutbox outbox,
            ReadModelProgress readModelProgress,
            MailContents contents,
            MimeMessageFactory mimeMessageFactory,
            MailTransport mailTransport,
            MailProperties properties,
            Clock clock,
            MeterRegistry metrics) {
        super("mail-outbox", POLL, properties.workers());
        this.outbox = outbox;
        this.readModelProgress = readModelProgress;
        this.contents = contents;
        this.mimeMessageFactory = mimeMessageFactory;
        this.mailTransport = mailTransport;
        this.properties = properties;
        this.clock = clock;
        this.sent = Counter.builder("guildhall.mails.sent")
                .description("Mails sent")
                .register(metrics);
        this.failed = Counter.builder("guildhall.mails.failed")
                .description("Failed attempts to send a mail")
                .register(metrics);
        this.suppressed = Counter.builder("guildhall.mails.suppressed")
                .description("Notices that were not sent because of a limit of mails")
                .register(metrics);
    }

    @Bean
    static RecurringTask<Void> mailOutboxCleanup(MailOutbox outbox, MailProperties properties) {
        return JobScheduler.job(
                "mail-outbox-cleanup", Duration.ofHours(1), () -> outbox.deleteOlderThan(properties.remember()));
    }

    /** Each node has a data directory of its own. */
    @Scheduled(fixedDelay = 1, timeUnit = TimeUnit.HOURS)
    void deleteOldFiles() {
        mailTransport.forgetOlderThan(clock.instant().minus(properties.keepFiles()));
    }

    /** False from when no mail could be delivered until one could. */
    boolean isDelivering() {
        return delivering;
    }

    @Override
    protected void sendDue() {
        int size;
        int taken;
        do {
            if (clock.instant().isBefore(pausedUntil)) {
                return;
            }
            size = failuresInARow.get() == 0 ? BATCH : 1;
            Deque<OutboxEntry> batch = new ArrayDeque<>(outbox.take(size, contents.kinds()));
            taken = batch.size();
            try {
                beginToSend(batch);
            } catch (InterruptedException stopping) {
                return;
            } finally {
                batch.forEach(outbox::putBack);
            }
        } while (taken == size);
    }

    /** Leaves in the batch what has to wait: the server takes no mail, the lease would not suffice, or the read models differ. */
    private void beginToSend(Deque<OutboxEntry> batch) throws InterruptedException {
        Instant latest = clock.instant().plus(MailOutbox.LEASE.dividedBy(2));
        // The recipient and the names in a mail may be in other read models than the one that caused it.
        if (!batch.isEmpty() && !readModelProgress.level()) {
            pausedUntil = clock.instant().plus(POLL);
            return;
        }
        while (!batch.isEmpty()) {
            slots.acquire();
            Instant now = clock.instant();
            if (now.isBefore(pausedUntil) || now.isAfter(latest)) {
                slots.release();
                return;
            }
            OutboxEntry outboxEntry = batch.remove();
            sendInSlot("Mail " + outboxEntry.id(), () -> send(outboxEntry));
        }
    }

    private void send(OutboxEntry outboxEntry) {
        try {
            MailContent mailContent = contents.compose(outboxEntry);
            if (mailContent == null) {
                outbox.done(outboxEntry, Outcome.DROPPED, null);
                log.debug("Mail {} ({}) is no longer needed", outboxEntry.id(), outboxEntry.kind());
                return;
            }
            if (!contents.allows(outboxEntry, mailContent.address())) {
                suppress(outboxEntry);
                return;
            }
            mailTransport.deliver(outboxEntry, mimeMessageFactory.put(outboxEntry, mailContent));
        } catch (MailTransport.MailNotDeliveredException e) {
            failed.increment();
            if (isAboutTheMail(outboxEntry, e)) {
                retryLater(outboxEntry, cause(e));
            } else {
                pause(outboxEntry, cause(e));
            }
            return;
        } catch (Exception | LinkageError | StackOverflowError e) {
            // Whatever the mail library throws at a message is about that message.
            failed.increment();
            retryLater(outboxEntry, e);
            return;
        }
        sent.increment();
        brokenOff.set(null);
        delivering = true;
        if (failuresInARow.getAndSet(0) > 0) {
            log.info("Mails leave again to: {}", mailTransport);
            trigger();
        }
        outbox.done(outboxEntry, Outcome.SENT, null);
    }

    /** Nobody waits for an answer, so the operator is told: in the log, by a meter and in the list of mails. */
    private void suppress(OutboxEntry outboxEntry) {
        outbox.done(outboxEntry, Outcome.SUPPRESSED, null);
        suppressed.increment();
        log.warn(
                "Mail {} ({}) is not sent: its recipient has had too many of the kind",
                outboxEntry.id(),
                outboxEntry.kind());
    }

    /**
     * An exchange that the server breaks off is about the mail, until it happens to another one as well: a mail that always breaks its
     * connection must not hold up all others.
     */
    private boolean isAboutTheMail(OutboxEntry outboxEntry, MailTransport.MailNotDeliveredException failure) {
        if (!failure.isBrokenOff()) {
            return failure.isRefused();
        }
        UUID before = brokenOff.getAndSet(outboxEntry.id());
        return before == null || before.equals(outboxEntry.id());
    }

    private void retryLater(OutboxEntry outboxEntry, Throwable failure) {
        String error = failure.getClass().getName();
        if (outboxEntry.triedSince().plus(properties.giveUpAfter()).isBefore(clock.instant())) {
            outbox.done(outboxEntry, Outcome.PARKED, error);
            log.error(
                    "Mail {} ({}) was refused for {} and is given up until an operator asks for it to be tried again: {}",
                    outboxEntry.id(),
                    outboxEntry.kind(),
                    properties.giveUpAfter(),
                    error);
            return;
        }
        outbox.postpone(outboxEntry, delay(outboxEntry.attempts()), error);
        // Not its message, which may name the address.
        log.warn(
                "Mail {} ({}) was not taken at attempt {} and will be tried again: {}",
                outboxEntry.id(),
                outboxEntry.kind(),
                outboxEntry.attempts(),
                error);
    }

    private void pause(OutboxEntry outboxEntry, Throwable failure) {
        delivering = false;
        String error = failure.getClass().getName();
        int failures = failuresInARow.incrementAndGet();
        if (failures == 1) {
            log.warn("Mails wait, since none can be delivered to: {} ({})", mailTransport, error);
        }
        pausedUntil =
                clock.instant().plus(shorter(Duration.ofSeconds(1L << Math.min(failures - 1, 10)), LONGEST_PAUSE));
        outbox.postpone(outboxEntry, Duration.ZERO, error);
    }

    /** The innermost says most. */
    private static Throwable cause(Throwable failure) {
        Throwable innermost = failure;
        while (innermost.getCause() != null && innermost.getCause() != innermost) {
            innermost = innermost.getCause();
        }
        return innermost;
    }

    private static Duration delay(int attempts) {
        return shorter(FIRST_DELAY.multipliedBy(1L << Math.min(attempts - 1, 10)), LONGEST_DELAY);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
