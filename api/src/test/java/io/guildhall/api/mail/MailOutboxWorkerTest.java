package io.guildhall.api.mail;

import static io.guildhall.api.mail.MailFixture.TOMORROW;
import static io.guildhall.api.mail.MailFixture.sendAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.guildhall.api.mail.MailTransport.MailNotDeliveredException;
import io.guildhall.domain.invitation.InvitationEvent.InvitationResent;
import io.guildhall.domain.invitation.InvitationEvent.MemberInvited;
import io.guildhall.domain.membership.MembershipEvent.MemberRemoved;
import io.guildhall.domain.organization.OrganizationEvent.DeactivationRequested;
import io.guildhall.domain.shared.ActorContext;
import io.guildhall.domain.user.UserEvent.EmailValidationRequested;
import io.guildhall.domain.user.UserEvent.PasswordResetRequested;
import io.guildhall.domain.user.UserEvent.PasswordSet;
import io.guildhall.query.user.UserView;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
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

    private static final UUID LINK = UUID.randomUUID();

    private final MailFixture fixture = new MailFixture();
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
        UUID eve = fixture.person("Eve", "eve@example.com", true);
        fixture.happens(new PasswordSet(eve, UUID.randomUUID(), "sealed", "CHANGED"));
        MailOutboxWorker sender = fixture.sender((outboxEntry, message) -> {
            if (outboxEntry.recipient().equals(eve)) {
                throw MailTransport.MailNotDeliveredException.brokenOff(new IOException("closed"));
            }
        });

        sendAll(sender);
        fixture.jdbc.update("update mails set due_at = now()");
        sendAll(sender);
        assertThat(sender.isDelivering()).isTrue();

        UUID ada = fixture.person("Ada", "ada@example.com", true);
        fixture.happens(new PasswordSet(ada, UUID.randomUUID(), "sealed", "CHANGED"));
        sendAll(sender);
        assertThat(fixture.outcomes()).containsExactlyInAnyOrder("WAITING", "SENT");
    }

    /** While nodes are updated one after the other, an older one must not stop at what a newer one noted. */
    @Test
    void leavesAMailOfAKindThatOnlyALaterVersionKnows() {
        fixture.jdbc.update("""
                insert into mails (event_id, created_at, kind, recipient_kind, recipient)
                values (gen_random_uuid(), now() - interval '1 minute', 'OF_A_LATER_VERSION', 'user', gen_random_uuid())
                """);
        UUID ada = fixture.person("Ada", "ada@example.com", true);
        fixture.happens(new PasswordSet(ada, UUID.randomUUID(), "sealed", "CHANGED"));

        sendAll(fixture.sender((outboxEntry, message) -> {}));

        assertThat(fixture.outcomes()).containsExactly("WAITING", "SENT");
    }

    @Test
    void takesAServerThatBreaksOffTwoMailsForOneThatTakesNone() {
        for (String name : List.of("Ada", "Bob")) {
            UUID person = fixture.person(name, name + "@example.com", true);
            fixture.happens(new PasswordSet(person, UUID.randomUUID(), "sealed", "CHANGED"));
        }
        MailOutboxWorker sender = fixture.sender((outboxEntry, message) -> {
            throw MailTransport.MailNotDeliveredException.brokenOff(new IOException("closed"));
        });

        sendAll(sender);
        assertThat(sender.isDelivering()).isFalse();
    }

    @Test
    void survivesWhateverTheMailLibraryThrows() {
        UUID eve = fixture.person("Eve", "eve@example.com", true);
        fixture.happens(new PasswordSet(eve, UUID.randomUUID(), "sealed", "CHANGED"));

        sendAll(fixture.sender((outboxEntry, message) -> {
            throw new StackOverflowError("a message too deep");
        }));

        assertThat(fixture.outcomes()).containsExactly("WAITING");
    }

    @Test
    void suppressesANoticeOverTheLimitAndShowsIt() throws Exception {
        UUID ada = fixture.person("Ada", "ada@example.com", true);
        fixture.allowsNotices(false);
        fixture.happens(new PasswordSet(ada, UUID.randomUUID(), "sealed", "CHANGED"));
        List<OutboxEntry> delivered = new ArrayList<>();

        sendAll(fixture.sender((outboxEntry, message) -> delivered.add(outboxEntry)));

        assertThat(delivered).isEmpty();
        assertThat(fixture.outcomes()).containsExactly("SUPPRESSED");
        assertThat(fixture.mails.ended(MailOutbox.Outcome.SUPPRESSED, 10, 0))
                .singleElement()
                .satisfies(outboxEntry -> assertThat(outboxEntry.kind()).isEqualTo(MailKind.PASSWORD_CHANGED));
        assertThat(fixture.metrics.counter("guildhall.mails.suppressed").count())
                .isEqualTo(1);
    }

    @Test
    void sendsTheLinkThatValidatesAnAddress() throws Exception {
        UUID ada = fixture.person("Ada", "ada@example.com", false);
        fixture.happens(new EmailValidationRequested(ada, LINK, TOMORROW));

        MimeMessage outboxEntry = onlyMail();

        assertThat(outboxEntry.getAllRecipients()[0]).hasToString("ada@example.com");
        assertThat(outboxEntry.getSubject()).isEqualTo("Confirm your e-mail address");
        assertLink(outboxEntry, "https://guildhall.example/account/validate/" + fixture.links.urlId("VALIDATE", LINK));
    }

    /** Whom it is to may be shown later than what it is about. */
    @Test
    void waitsUntilTheReadModelsAreLevel() throws Exception {
        UUID ada = fixture.person("Ada", "ada@example.com", false);
        UserView notShownYet = fixture.users.remove(ada);
        fixture.happens(new EmailValidationRequested(ada, LINK, TOMORROW));
        fixture.theReadModelsAreLevel(false);
        sendAll(fixture.sender((outboxEntry, unsent) -> {}));
        assertThat(fixture.outcomes()).containsExactly("WAITING");

        fixture.theReadModelsAreLevel(true);
        fixture.users.put(ada, notShownYet);

        assertThat(onlyMail().getAllRecipients()[0]).hasToString("ada@example.com");
    }

    @Test
    void sendsTheLinkThatLeadsToANewPassword() throws Exception {
        UUID ada = fixture.person("Ada", "ada@example.com", true);
        fixture.happens(new PasswordResetRequested(ada, LINK, TOMORROW));

        assertLink(
                onlyMail(), "https://guildhall.example/account/reset-password/" + fixture.links.urlId("RESET", LINK));
    }

    @Test
    void sendsAnInvitation() throws Exception {
        UUID acme = fixture.organization("acme");
        UUID invitation = fixture.invitation(acme, "acme", "Ada Lovelace", "bob@example.com", LINK);
        fixture.happens(
                new MemberInvited(acme, invitation, "sealed", "hash", UUID.randomUUID(), LINK, TOMORROW, "owner"));

        MimeMessage outboxEntry = onlyMail();

        assertThat(outboxEntry.getAllRecipients()[0]).hasToString("bob@example.com");
        assertThat(outboxEntry.getSubject()).isEqualTo("You are invited to acme");
        assertLink(
                outboxEntry,
                "https://guildhall.example/account/organization_invitations/"
                        + fixture.links.urlId("INVITATION", LINK));
    }

    @Test
    void sendsAResentInvitation() throws Exception {
        UUID acme = fixture.organization("acme");
        UUID invitation = fixture.invitation(acme, "acme", "Ada", "bob@example.com", LINK);
        fixture.happens(new InvitationResent(acme, invitation, LINK, TOMORROW));

        MimeMessage outboxEntry = onlyMail();

        assertThat(outboxEntry.getSubject()).startsWith("Reminder: ");
        assertLink(
                outboxEntry,
                "https://guildhall.example/account/organization_invitations/"
                        + fixture.links.urlId("INVITATION", LINK));
    }

    @Test
    void sendsTheLinkThatConfirmsADeactivationToEveryMember() throws Exception {
        UUID ada = fixture.person("Ada", "ada@example.com", true);
        UUID bob = fixture.person("Bob", "bob@example.com", true);
        UUID acme = fixture.organization("acme", ada, bob);
        fixture.happens(new DeactivationRequested(acme, LINK, TOMORROW), ActorContext.byUser(ada, null, null));

        List<MimeMessage> mails = sent();

        assertThat(mails)
                .extracting(outboxEntry -> outboxEntry.getAllRecipients()[0].toString())
                .containsExactlyInAnyOrder("ada@example.com", "bob@example.com");
        for (MimeMessage outboxEntry : mails) {
            boolean toAda = outboxEntry.getAllRecipients()[0].toString().startsWith("ada");
            assertLink(
                    outboxEntry,
                    "https://guildhall.example/organization/deactivate/confirm/"
                            + fixture.links.urlId("DEACTIVATE", LINK, fixture.membership(acme, toAda ? ada : bob)));
            assertThat(text(outboxEntry, 0))
                    .contains(
                            outboxEntry.getAllRecipients()[0].toString().startsWith("ada") ? "you asked" : "Ada asked");
        }
    }

    @Test
    void tellsWhoWasRemovedAndWhoseOrganizationIsGone() throws Exception {
        UUID ada = fixture.person("Ada", "ada@example.com", true);
        UUID bob = fixture.person("Bob", "bob@example.com", true);
        UUID acme = fixture.organization("acme", ada, bob);
        fixture.happens(new MemberRemoved(acme, UUID.randomUUID(), bob), ActorContext.byUser(ada, null, null));
        fixture.happens(new MemberRemoved(acme, UUID.randomUUID(), ada), ActorContext.bySystem());

        List<MimeMessage> mails = sent();

        assertThat(mails)
                .extracting(MimeMessage::getSubject)
                .containsExactlyInAnyOrder("You are no longer a member of acme", "Your organization acme was deleted");
        MimeMessage removed = mails.stream()
                .filter(outboxEntry -> to(outboxEntry).equals("bob@example.com"))
                .findAny()
                .orElseThrow();
        assertThat(text(removed, 0)).contains("Ada removed you from the organization acme");
        assertThat(text(removed, 1)).contains("<strong>Ada</strong> removed you");
    }

    @Test
    void tellsOfANewPassword() throws Exception {
        UUID ada = fixture.person("Ada", "ada@example.com", true);
        fixture.happens(new PasswordSet(ada, UUID.randomUUID(), "sealed", "RESET"));

        assertThat(onlyMail().getSubject()).isEqualTo("Your password was changed");
    }

    @Test
    void dropsWhatNobodyNeedsAnyMore() {
        UUID validated = fixture.person("Ada", "ada@example.com", true);
        UUID late = fixture.person("Bob", "bob@example.com", false);
        UUID acme = fixture.organization("acme");
        fixture.happens(new EmailValidationRequested(validated, LINK, TOMORROW));
        fixture.happens(new EmailValidationRequested(late, LINK, Instant.now().minusSeconds(1)));
        fixture.happens(new PasswordSet(UUID.randomUUID(), UUID.randomUUID(), "sealed", "RESET"));
        fixture.happens(new DeactivationRequested(acme, LINK, TOMORROW));
        fixture.happens(new MemberInvited(
                acme, UUID.randomUUID(), "sealed", "hash", null, UUID.randomUUID(), TOMORROW, "owner"));

        assertThat(sent()).isEmpty();
        assertThat(fixture.outcomes()).hasSize(4).containsOnly("DROPPED");
    }

    @Test
    void keepsMailsWhileTheServerIsDownAndSendsEachOnceItIsBack() throws Exception {
        UUID ada = fixture.person("Ada", "ada@example.com", false);
        int port = server.getSmtp().getPort();
        server.stop();
        MailOutboxWorker sender = fixture.sender(new SmtpMailTransport(smtp(port)));
        fixture.happens(new EmailValidationRequested(ada, LINK, TOMORROW));

        sender.start();
        await().until(() -> fixture.metrics.counter("guildhall.mails.failed").count() > 0);
        assertThat(fixture.outcomes()).containsExactly("WAITING");
        var backlog = new MailBacklog(fixture.mails, fixture.metrics);
        var health = new MailHealth(sender, backlog);
        backlog.count();
        assertThat(fixture.metrics.get("guildhall.mails.waiting").gauge().value())
                .isEqualTo(1);
        assertThat(health.health().getStatus().getCode()).isEqualTo("DEGRADED");

        server = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
        await().atMost(Duration.ofSeconds(20)).until(() -> fixture.outcomes().equals(List.of("SENT")));
        sender.stop();
        assertThat(server.getReceivedMessages()).hasSize(1);
        assertThat(health.health().getStatus().getCode()).isEqualTo("UP");
    }

    @Test
    void sendsAfterARestartWhatWasNotedBefore() {
        UUID ada = fixture.person("Ada", "ada@example.com", false);
        fixture.happens(new EmailValidationRequested(ada, LINK, TOMORROW));
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
            UUID person = fixture.person("Person " + i, "person" + i + "@example.com", false);
            fixture.happens(new EmailValidationRequested(person, UUID.randomUUID(), TOMORROW));
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
        UUID slow = fixture.person("Slow", "slow@example.com", true);
        fixture.happens(new PasswordSet(slow, UUID.randomUUID(), "sealed", "CHANGED"));
        for (int i = 0; i < 40; i++) {
            UUID person = fixture.person("Person " + i, "person" + i + "@example.com", true);
            fixture.happens(new PasswordSet(person, UUID.randomUUID(), "sealed", "CHANGED"));
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
        UUID refused = fixture.person("Ada", "ada@example.com", false);
        UUID taken = fixture.person("Bob", "bob@example.com", false);
        fixture.happens(new EmailValidationRequested(refused, LINK, TOMORROW));
        fixture.happens(new EmailValidationRequested(taken, LINK, TOMORROW));
        MailOutboxWorker sender = fixture.sender(refusing("ada@example.com"));

        sendAll(sender);
        assertThat(fixture.outcomes()).containsExactly("WAITING", "SENT");
    }

    @Test
    void givesUpAMailThatWasRefusedForLongEnough() {
        UUID ada = fixture.person("Ada", "ada@example.com", false);
        fixture.happens(new EmailValidationRequested(ada, LINK, TOMORROW));
        MailOutboxWorker sender = fixture.sender(refusing("ada@example.com"), Duration.ZERO);

        sendAll(sender);

        assertThat(fixture.outcomes()).containsExactly("PARKED");
    }

    @Test
    void triesAMailThatWasGivenUpAgainWhenAskedTo() {
        UUID ada = fixture.person("Ada", "ada@example.com", false);
        fixture.happens(new EmailValidationRequested(ada, LINK, TOMORROW));
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
        UUID ada = fixture.person("Ada", "ada@example.com", false);
        fixture.happens(new EmailValidationRequested(ada, LINK, TOMORROW));
        sendAll(fixture.sender(refusing("ada@example.com"), Duration.ZERO));

        fixture.mails.discard(
                fixture.mails.ended(MailOutbox.Outcome.PARKED, 10, 0).getFirst().id());

        assertThat(fixture.outcomes()).containsExactly("DROPPED");
        assertThat(fixture.mails.retry(null)).isZero();
    }

    @Test
    void leavesAMailToWhoeverHasTakenIt() {
        UUID ada = fixture.person("Ada", "ada@example.com", false);
        fixture.happens(new EmailValidationRequested(ada, LINK, TOMORROW));
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

    private static void assertLink(MimeMessage outboxEntry, String link) throws Exception {
        assertThat(text(outboxEntry, 0).lines()).contains(link);
        assertThat(text(outboxEntry, 1)).contains("href=\"" + link + "\"");
        assertThat(new HashSet<>(List.of("7bit", "8bit")))
                .contains(((MimeMultipart) outboxEntry.getContent())
                        .getBodyPart(0)
                        .getHeader("Content-Transfer-Encoding")[0]);
    }

    private static String text(MimeMessage outboxEntry, int part) throws Exception {
        return (String)
                ((MimeMultipart) outboxEntry.getContent()).getBodyPart(part).getContent();
    }

    private static String to(MimeMessage outboxEntry) {
        try {
            return outboxEntry.getAllRecipients()[0].toString();
        } catch (jakarta.mail.MessagingException e) {
            throw new IllegalStateException(e);
        }
    }
}
