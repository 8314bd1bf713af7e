package io.guildhall.infrastructure.outbox.mail;

import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.guildhall.infrastructure.command.ReadModelProgress;
import io.guildhall.testing.TestDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The outbox of a database of its own, for mails of one kind. */
class MailOutboxFixture implements MailContents {

    static final String KIND = "PASSWORD_CHANGED";
    static final String LINK = "https://guildhall.example/account/reset-password/abc";

    final JdbcTemplate jdbc = new JdbcTemplate(TestDatabase.migrated().dataSource());
    final MeterRegistry metrics = new SimpleMeterRegistry();
    final MailOutbox mails = new MailOutbox(JdbcClient.create(jdbc));

    /** By recipient. Mails to others are no longer worth sending. */
    final Map<UUID, String> addresses = new ConcurrentHashMap<>();

    volatile boolean allowing = true;

    private final ReadModelProgress readModelProgress = mock(ReadModelProgress.class);

    MailOutboxFixture() {
        readModelsAreLevel(true);
    }

    void readModelsAreLevel(boolean level) {
        try {
            when(readModelProgress.level()).thenReturn(level);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public Set<String> kinds() {
        return Set.of(KIND);
    }

    @Override
    public @Nullable MailContent compose(OutboxEntry mail) {
        String address = addresses.get(mail.recipient());
        return address == null
                ? null
                : new MailContent(
                        address,
                        "Your password was changed",
                        "Hello,\n\n" + LINK + "\n",
                        "<a href=\"%s\">".formatted(LINK));
    }

    @Override
    public boolean allows(OutboxEntry mail, String address) {
        return allowing;
    }

    /** Adds a mail, and returns its recipient. */
    UUID mailTo(String address) {
        UUID recipient = UUID.randomUUID();
        addresses.put(recipient, address);
        add(KIND, recipient);
        return recipient;
    }

    void add(String kind, UUID recipient) {
        jdbc.update(
                "insert into mails (event_id, created_at, kind, recipient_kind, recipient) values (?, clock_timestamp(), ?, 'user', ?)",
                UUID.randomUUID(),
                kind,
                recipient);
    }

    static MailProperties properties(Duration giveUpAfter) {
        return new MailProperties(
                "Guildhall <no-reply@guildhall.example>", 2, giveUpAfter, Duration.ofDays(30), Duration.ofDays(7));
    }

    MailOutboxWorker sender(MailTransport mailTransport) {
        return sender(mailTransport, Duration.ofDays(3));
    }

    MailOutboxWorker sender(MailTransport mailTransport, Duration giveUpAfter) {
        MailProperties properties = properties(giveUpAfter);
        return new MailOutboxWorker(
                mails,
                readModelProgress,
                this,
                new MimeMessageFactory(properties),
                mailTransport,
                properties,
                Clock.systemUTC(),
                metrics);
    }

    /** Sends what is due, and waits for it. */
    static void sendAll(MailOutboxWorker sender) {
        sender.sendDue();
        sender.stop();
    }

    List<String> outcomes() {
        return jdbc.queryForList("select coalesce(outcome, 'WAITING') from mails order by created_at", String.class);
    }
}
