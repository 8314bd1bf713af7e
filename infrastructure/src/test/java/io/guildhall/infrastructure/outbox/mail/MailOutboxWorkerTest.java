package io.guildhall.infrastructure.outbox.mail;

import static io.guildhall.infrastructure.outbox.mail.MailOutboxFixture.sendAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.guildhall.infrastructure.outbox.mail.MailTransport.MailNotDeliveredException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** Against a real SMTP server. */
class MailOutboxWorkerTest {

    private final MailOutboxFixture fixture = new MailOutboxFixture();
    private GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    /** A poison message: whatever it does to the connection, all others are sent. */
    @Test
    void holdsUpNobodyForAMailThatAlwaysBreaksItsConnection() {
        UUID eve = fixture.mailTo("eve@example.com");
        MailOutboxWorker sender = fixture.sender((outboxEntry, message) -> {
            if (outboxEntry.recipient().equals(eve)) {
                throw MailTransport.MailNotDeliveredException.brokenOff(new IOException("closed"));
            }
        });

        sendAll(sender);
        fixture.jdbc.update("update mails set due_at = now()");
        sendAll(sender);
        assertThat(sender.isDelivering()).isTrue();

        fixture.mailTo("ada@example.com");
        sendAll(sender);
        assertThat(fixture.outcomes()).containsExactlyInAnyOrder("WAITING", "SENT");
    }

    /** While nodes are updated one after the other, an older one must not stop at what a newer one noted. */
    @Test
    void leavesAMailOfAKindThatOnlyALaterVersionKnows() {
        fixture.add("OF_A_LATER_VERSION", UUID.randomUUID());
        fixture.mailTo("ada@example.com");

        sendAll(fixture.sender((outboxEntry, message) -> {}));

        assertThat(fixture.outcomes()).containsExactly("WAITING", "SENT");
    }

    @Test
    void takesAServerThatBreaksOffTwoMailsForOneThatTakesNone() {
        for (String name : List.of("Ada", "Bob")) {
            fixture.mailTo(name + "@example.com");
        }
        MailOutboxWorker sender = fixture.sender((outboxEntry, message) -> {
            throw MailTransport.MailNotDeliveredException.brokenOff(new IOException("closed"));
        });

        sendAll(sender);
        assertThat(sender.isDelivering()).isFalse();
    }

    @Test
    void survivesWhateverTheMailLibraryThrows() {
        fixture.mailTo("eve@example.com");

        sendAll(fixture.sender((outboxEntry, message) -> {
            throw new StackOverflowError("a message too deep");
        }));

        assertThat(fixture.outcomes()).containsExactly("WAITING");
    }

    @Test
    void suppressesANoticeOverTheLimitAndShowsIt() throws Exception {
        fixture.mailTo("ada@example.com");
        fixture.allowing = false;
        List<OutboxEntry> delivered = new ArrayList<>();

        sendAll(fixture.sender((outboxEntry, message) -> delivered.add(outboxEntry)));

        assertThat(delivered).isEmpty();
        assertThat(fixture.outcomes()).containsExactly("SUPPRESSED");
        assertThat(fixture.mails.ended(MailOutbox.Outcome.SUPPRESSED, 10, 0))
                .singleElement()
                .satisfies(outboxEntry -> assertThat(outboxEntry.kind()).isEqualTo(MailOutboxFixture.KIND));
        assertThat(fixture.metrics.counter("guildhall.mails.suppressed").count())
                .isEqualTo(1);
    }

    /** Whom it is to may be shown later than what it is about. */
    @Test
    void waitsUntilTheReadModelsAreLevel() throws Exception {
        UUID ada = fixture.mailTo("ada@example.com");
        String notShownYet = fixture.addresses.remove(ada);
        fixture.readModelsAreLevel(false);
        sendAll(fixture.sender((outboxEntry, unsent) -> {}));
        assertThat(fixture.outcomes()).containsExactly("WAITING");

        fixture.readModelsAreLevel(true);
        fixture.addresses.put(ada, notShownYet);

        assertThat(onlyMail().getAllRecipients()[0]).hasToString("ada@example.com");
    }

    @Test
    void dropsAMailThatIsNoLongerWorthSending() {
        fixture.addresses.remove(fixture.mailTo("ada@example.com"));

        assertThat(sent()).isEmpty();
        assertThat(fixture.outcomes()).containsExactly("DROPPED");
    }

    @Test
    void keepsMailsWhileTheServerIsDownAndSendsEachOnceItIsBack() throws Exception {
        fixture.mailTo("ada@example.com");
        int port = server.getSmtp().getPort();
        server.stop();
        MailOutboxWorker sender = fixture.sender(new SmtpMailTransport(smtp(port)));

        sender.start();
        await().until(() -> fixture.metrics.counter("guildhall.mails.failed").count() > 0);
        assertThat(fixture.outcomes()).containsExactly("WAITING");
        var backlog = new MailBacklog(fixture.mails, sender, fixture.metrics);
        backlog.count();
        assertThat(fixture.metrics.get("guildhall.mails.waiting").gauge().value())
                .isEqualTo(1);
        assertThat(backlog.health().getStatus().getCode()).isEqualTo("DEGRADED");

        server = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
        await().atMost(Duration.ofSeconds(20)).until(() -> fixture.outcomes().equals(List.of("SENT")));
        sender.stop();
        assertThat(server.getReceivedMessages()).hasSize(1);
        assertThat(backlog.health().getStatus().getCode()).isEqualTo("UP");
    }

    @Test
    void sendsAfterARestartWhatWasNotedBefore() {
        fixture.mailTo("ada@example.com");
        MailOutboxWorker sender =
                fixture.sender(new SmtpMailTransport(smtp(server.getSmtp().getPort())));

        sender.start();

        assertThat(server.waitForIncomingEmail(10_000, 1)).isTrue();
        sender.stop();
        assertThat(fixture.outcomes()).containsExactly("SENT");
    }

    @Test
    void sendsEachMailOnceHoweverManyProcessesSend() throws Exception {
        for (int i = 0; i < 40; i++) {
            fixture.mailTo("person" + i + "@example.com");
        }
        List<MailOutboxWorker> processes = List.of(
                fixture.sender(new SmtpMailTransport(smtp(server.getSmtp().getPort()))),
                fixture.sender(new SmtpMailTransport(smtp(server.getSmtp().getPort()))));

        processes.forEach(MailOutboxWorker::start);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> fixture.mails.backlog().waiting() == 0);
        processes.forEach(MailOutboxWorker::stop);

        assertThat(server.getReceivedMessages()).hasSize(40);
        assertThat(Arrays.stream(server.getReceivedMessages())
                        .map(MailOutboxWorkerTest::to)
                        .distinct())
                .hasSize(40);
    }

    @Test
    void aSlowRecipientHoldsUpNobodyElse() {
        UUID slow = fixture.mailTo("slow@example.com");
        for (int i = 0; i < 40; i++) {
            fixture.mailTo("person" + i + "@example.com");
        }
        var answered = new CountDownLatch(1);
        MailOutboxWorker sender = fixture.sender((outboxEntry, message) -> {
            if (outboxEntry.recipient().equals(slow)) {
                await().until(() -> answered.getCount() == 0);
            }
        });

        sender.start();
        await().atMost(Duration.ofSeconds(20)).until(() -> Collections.frequency(fixture.outcomes(), "SENT") == 40);
        answered.countDown();
        sender.stop();

        assertThat(fixture.outcomes()).hasSize(41).containsOnly("SENT");
    }

    @Test
    void letsOthersPassAMailThatIsRefused() {
        fixture.mailTo("ada@example.com");
        fixture.mailTo("bob@example.com");
        MailOutboxWorker sender = fixture.sender(refusing("ada@example.com"));

        sendAll(sender);
        assertThat(fixture.outcomes()).containsExactly("WAITING", "SENT");
    }

    @Test
    void givesUpAMailThatWasRefusedForLongEnough() {
        fixture.mailTo("ada@example.com");
        MailOutboxWorker sender = fixture.sender(refusing("ada@example.com"), Duration.ZERO);

        sendAll(sender);

        assertThat(fixture.outcomes()).containsExactly("PARKED");
    }

    @Test
    void triesAMailThatWasGivenUpAgainWhenAskedTo() {
        UUID ada = fixture.mailTo("ada@example.com");
        sendAll(fixture.sender(refusing("ada@example.com"), Duration.ZERO));
        MailOutbox.Parked parked =
                fixture.mails.ended(MailOutbox.Outcome.PARKED, 10, 0).getFirst();
        assertThat(parked.recipient()).isEqualTo(ada);
        assertThat(parked.reason()).isEqualTo(IllegalStateException.class.getName());

        assertThat(fixture.mails.retry(parked.id())).isEqualTo(1);
        assertThat(fixture.mails.retry(parked.id())).as("the second time").isZero();
        // However long ago the event was, it is not given up at the next refusal.
        fixture.jdbc.update("update mails set created_at = now() - interval '30 days'");
        sendAll(fixture.sender(refusing("ada@example.com"), Duration.ofDays(3)));
        assertThat(fixture.outcomes()).containsExactly("WAITING");
        fixture.jdbc.update("update mails set due_at = now()");

        assertThat(sent()).hasSize(1);
        assertThat(fixture.mails.ended(MailOutbox.Outcome.PARKED, 10, 0)).isEmpty();
    }

    @Test
    void forgetsAMailThatWasGivenUpWhenAskedTo() {
        fixture.mailTo("ada@example.com");
        sendAll(fixture.sender(refusing("ada@example.com"), Duration.ZERO));

        fixture.mails.discard(
                fixture.mails.ended(MailOutbox.Outcome.PARKED, 10, 0).getFirst().id());

        assertThat(fixture.outcomes()).containsExactly("DROPPED");
        assertThat(fixture.mails.retry(null)).isZero();
    }

    @Test
    void leavesAMailToWhoeverHasTakenIt() {
        fixture.mailTo("ada@example.com");
        var second = new AtomicInteger();
        MailOutboxWorker other = fixture.sender((outboxEntry, message) -> second.incrementAndGet());
        MailOutboxWorker first = fixture.sender((outboxEntry, message) -> sendAll(other));

        sendAll(first);

        assertThat(second).hasValue(0);
        assertThat(fixture.outcomes()).containsExactly("SENT");
    }

    private static MailTransport refusing(String address) {
        return (outboxEntry, message) -> {
            if (to(message).contains(address)) {
                throw MailNotDeliveredException.refused(new IllegalStateException("550 no such user"));
            }
        };
    }

    private JavaMailSenderImpl smtp(int port) {
        var smtp = new JavaMailSenderImpl();
        smtp.setHost("127.0.0.1");
        smtp.setPort(port);
        return smtp;
    }

    private List<MimeMessage> sent() {
        MailOutboxWorker sender =
                fixture.sender(new SmtpMailTransport(smtp(server.getSmtp().getPort())));
        sendAll(sender);
        return List.of(server.getReceivedMessages());
    }

    private MimeMessage onlyMail() throws Exception {
        List<MimeMessage> mails = sent();
        assertThat(mails).hasSize(1);
        assertThat(mails.getFirst().getContentType()).startsWith("multipart/alternative");
        assertThat(mails.getFirst().getMessageID()).endsWith("@guildhall.example>");
        return mails.getFirst();
    }

    private static String to(MimeMessage outboxEntry) {
        try {
            return outboxEntry.getAllRecipients()[0].toString();
        } catch (jakarta.mail.MessagingException e) {
            throw new IllegalStateException(e);
        }
    }
}
