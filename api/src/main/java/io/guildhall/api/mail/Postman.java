package io.guildhall.api.mail;

import io.guildhall.api.mail.Mails.Outcome;
import io.guildhall.api.wiring.Positions;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.mail.internet.MimeMessage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Sends what waits, at once when it is nudged and soon otherwise: mails noted by other processes, and those left over by one
 * that ended. While nothing can be delivered at all, everything waits and one attempt now and then finds out when that is over.
 */
@Component
class Postman implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Postman.class);

    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);
    private static final Duration FIRST_DELAY = Duration.ofSeconds(5);
    private static final Duration LONGEST_DELAY = Duration.ofMinutes(15);
    private static final Duration FORGET_EVERY = Duration.ofHours(1);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(15);

    private final Mails mails;
    private final Positions positions;
    private final Letters letters;
    private final Envelope envelope;
    private final Delivery delivery;
    private final NoticeLimit limit;
    private final MailProperties properties;
    private final Clock clock;
    private final Counter sent;
    private final Counter failed;
    private final Counter suppressed;

    /** The last mail on which the server broke off, since when none was sent. */
    private final AtomicReference<@Nullable UUID> brokenOff = new AtomicReference<>();

    private final AtomicInteger failuresInARow = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition nudged = lock.newCondition();
    private final List<Thread> workers = new ArrayList<>();
    private long nudges;
    private volatile boolean running;
    private volatile boolean delivering = true;
    private volatile Instant forgotAt = Instant.EPOCH;

    Postman(
            Mails mails,
            Positions positions,
            Letters letters,
            Envelope envelope,
            Delivery delivery,
            NoticeLimit limit,
            MailProperties properties,
            Clock clock,
            MeterRegistry metrics) {
        this.mails = mails;
        this.positions = positions;
        this.letters = letters;
        this.envelope = envelope;
        this.delivery = delivery;
        this.limit = limit;
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

    /** There is something to send. */
    void nudge() {
        lock.lock();
        try {
            nudges++;
            // One mail, one worker: those who are at work already look again before they rest.
            nudged.signal();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void start() {
        running = true;
        for (int i = 1; i <= properties.workers(); i++) {
            workers.add(Thread.ofVirtual().name("mail-" + i).start(this::work));
        }
    }

    /** Waits for what is being sent, so that it is not sent again. */
    @Override
    public void stop() {
        running = false;
        wakeAll();
        Instant until = Instant.now().plus(STOP_WITHIN);
        for (Thread worker : workers) {
            try {
                worker.join(Duration.between(Instant.now(), until));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        workers.clear();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** False from when a mail could not be handed to anybody until one could. */
    boolean isDelivering() {
        return delivering;
    }

    private void wakeAll() {
        lock.lock();
        try {
            nudged.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void work() {
        while (running) {
            long seen = seenNudges();
            try {
                switch (sendNext()) {
                    case DONE -> {}
                    case NOTHING_DUE -> {
                        forget();
                        await(POLL, seen);
                    }
                    case UNAVAILABLE -> await(pause(), Long.MAX_VALUE);
                }
            } catch (RuntimeException e) {
                // The database, most likely; it will be back, and what is noted there is noted.
                log.warn(
                        "The mails that wait cannot be read or marked, and are left where they are: {}",
                        e.getClass().getName());
                await(pauseAfter(failuresInARow.incrementAndGet()), Long.MAX_VALUE);
            }
        }
    }

    enum Step {
        DONE,
        NOTHING_DUE,
        UNAVAILABLE
    }

    /** One mail, if one is due. */
    Step sendNext() {
        Optional<Mail> next = mails.take();
        if (next.isEmpty()) {
            return Step.NOTHING_DUE;
        }
        Mail mail = next.get();
        try {
            // Whom it is to, and who is named in it, may be shown later than what it is about.
            if (!positions.level()) {
                mails.putBack(mail);
                return Step.UNAVAILABLE;
            }
            Letter letter = letters.compose(mail);
            if (letter == null) {
                mails.done(mail, Outcome.DROPPED);
                log.debug("Mail {} ({}) is no longer needed", mail.id(), mail.kind());
                return Step.DONE;
            }
            if (!limit.allows(mail, letter.address())) {
                return suppress(mail);
            }
            MimeMessage message = envelope.put(mail, letter);
            delivery.deliver(mail, message);
        } catch (Delivery.NotDelivered e) {
            failed.increment();
            return isAboutTheMail(mail, e) ? later(mail, cause(e)) : waitForDelivery(mail, cause(e));
        } catch (Exception | LinkageError | StackOverflowError e) {
            // Whatever the mail library throws at a message is about that message.
            failed.increment();
            return later(mail, e);
        }
        sent.increment();
        brokenOff.set(null);
        delivering = true;
        if (failuresInARow.getAndSet(0) > 0) {
            log.info("Mails leave again to: {}", delivery);
        }
        mails.done(mail, Outcome.SENT);
        return Step.DONE;
    }

    /** Nobody is waiting for an answer who could be told, so an operator is: in the log, a meter and the list of mails. */
    private Step suppress(Mail mail) {
        mails.done(mail, Outcome.SUPPRESSED);
        suppressed.increment();
        log.warn("Mail {} ({}) is not sent: its recipient has had too many of the kind", mail.id(), mail.kind());
        return Step.DONE;
    }

    /**
     * An exchange that the server breaks off is about the mail, until it happens to another one as well: a mail that always breaks its
     * connection must not hold up all others.
     */
    private boolean isAboutTheMail(Mail mail, Delivery.NotDelivered failure) {
        if (!failure.isBrokenOff()) {
            return failure.isRefused();
        }
        UUID before = brokenOff.getAndSet(mail.id());
        return before == null || before.equals(mail.id());
    }

    private Step later(Mail mail, Throwable why) {
        if (mail.triedSince().plus(properties.giveUpAfter()).isBefore(clock.instant())) {
            mails.park(mail, why.getClass().getName());
            log.error(
                    "Mail {} ({}) was refused for {} and is given up until an operator asks for it to be tried again: {}",
                    mail.id(),
                    mail.kind(),
                    properties.giveUpAfter(),
                    why.getClass().getName());
            return Step.DONE;
        }
        mails.postpone(mail, delay(mail.attempts()), why.getClass().getName());
        // Not its message, which may name the address.
        log.warn(
                "Mail {} ({}) was not taken at attempt {} and will be tried again: {}",
                mail.id(),
                mail.kind(),
                mail.attempts(),
                why.getClass().getName());
        return Step.DONE;
    }

    private Step waitForDelivery(Mail mail, Throwable why) {
        delivering = false;
        if (failuresInARow.incrementAndGet() == 1) {
            log.warn(
                    "Mails wait, since none can be delivered to: {} ({})",
                    delivery,
                    why.getClass().getName());
        }
        mails.postpone(mail, Duration.ZERO, why.getClass().getName());
        return Step.UNAVAILABLE;
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
        Duration delay = FIRST_DELAY.multipliedBy(1L << Math.min(attempts - 1, 10));
        return delay.compareTo(LONGEST_DELAY) < 0 ? delay : LONGEST_DELAY;
    }

    private Duration pause() {
        return pauseAfter(failuresInARow.get());
    }

    private static Duration pauseAfter(int failures) {
        Duration pause = Duration.ofSeconds(1L << Math.clamp(failures - 1, 0, 10));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }

    private void forget() {
        Instant now = clock.instant();
        if (forgotAt.plus(FORGET_EVERY).isBefore(now)) {
            forgotAt = now;
            mails.forget(properties.remember());
            delivery.forgetOlderThan(now.minus(properties.keepFiles()));
        }
    }

    private long seenNudges() {
        lock.lock();
        try {
            return nudges;
        } finally {
            lock.unlock();
        }
    }

    /** Until the time is over, something is nudged that was not {@code seen}, or it is the end. */
    private void await(Duration atMost, long seen) {
        lock.lock();
        try {
            long left = atMost.toNanos();
            while (running && nudges <= seen && left > 0) {
                left = nudged.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
