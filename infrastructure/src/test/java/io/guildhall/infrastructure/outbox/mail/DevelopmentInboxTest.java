package io.guildhall.infrastructure.outbox.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevelopmentInboxTest {

    private final MailOutboxFixture fixture = new MailOutboxFixture();

    @TempDir
    private Path home;

    @Test
    void showsMailsNewestFirst() throws Exception {
        MailOutboxWorker sender = fixture.sender(new FileMailTransport(home));
        fixture.mailTo("zoe@example.com");
        MailOutboxFixture.sendAll(sender);
        Thread.sleep(5);
        fixture.mailTo("ada@example.com");
        MailOutboxFixture.sendAll(sender);
        DevelopmentInbox inbox = new DevelopmentInbox(home);

        List<DevelopmentInbox.MailSummary> mails = inbox.newest();

        assertThat(mails)
                .extracting(DevelopmentInbox.MailSummary::to)
                .containsExactly("ada@example.com", "zoe@example.com");
        DevelopmentInbox.MailText newest = inbox.find(mails.getFirst().id());
        assertThat(newest).isNotNull();
        assertThat(newest.link()).isEqualTo(MailOutboxFixture.LINK);
        assertThat(newest.text()).contains(newest.link());
        assertThat(newest.subject()).isEqualTo(mails.getFirst().subject()).isNotEmpty();
    }

    @Test
    void showsNoOtherFile() throws Exception {
        Path mails = Files.createDirectory(home.resolve("mail"));
        Path secret = Files.writeString(
                home.resolve("20260101T000000.000Z-secret-00000000-0000-4000-8000-000000000000.eml"),
                "Subject: a\n\nb");
        String id = "20260101T000000.000Z-linked-00000000-0000-4000-8000-000000000000";
        Files.createSymbolicLink(mails.resolve(id + ".eml"), secret);
        Files.writeString(mails.resolve("master.key"), "secret");
        Files.writeString(mails.resolve("note.eml"), "Subject: a\n\nb");
        DevelopmentInbox inbox = new DevelopmentInbox(mails);

        assertThat(inbox.newest()).isEmpty();
        assertThat(List.of(
                        id,
                        "master.key",
                        "note",
                        "../20260101T000000.000Z-secret-00000000-0000-4000-8000-000000000000",
                        "..%2f20260101T000000.000Z-secret-00000000-0000-4000-8000-000000000000",
                        secret.toString(),
                        "",
                        "\0"))
                .allSatisfy(other -> assertThat(inbox.find(other)).isNull());
    }
}
