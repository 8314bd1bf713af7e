package io.guildhall.api.mail;

import static io.guildhall.api.mail.MailFixture.TOMORROW;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.invitation.InvitationEvent.MemberInvited;
import io.guildhall.domain.membership.MembershipEvent.MemberRemoved;
import io.guildhall.domain.shared.ActorContext;
import io.guildhall.domain.user.UserEvent.EmailValidationRequested;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileMailTransportTest {

    private final MailFixture fixture = new MailFixture();

    @TempDir
    private Path home;

    @Test
    void writesOneFileForTheOwnerAloneWithTheLinkInClear() throws Exception {
        UUID link = UUID.randomUUID();
        UUID zoe = fixture.person("Zoë", "zoe@example.com", false);
        fixture.happens(new EmailValidationRequested(zoe, link, TOMORROW));

        MailFixture.sendAll(fixture.sender(new FileMailTransport(home)));

        List<Path> files = files();
        assertThat(files).hasSize(1);
        assertThat(files.getFirst().getFileName().toString())
                .matches("\\d{8}T\\d{6}\\.\\d{3}Z-email-validation-[0-9a-f-]{36}\\.eml");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files.getFirst())))
                .isEqualTo("rw-------");
        assertThat(Files.readString(files.getFirst()).lines())
                .contains("https://guildhall.example/account/validate/" + fixture.links.urlId("VALIDATE", link));
    }

    @Test
    void writesTheSameFileWhenTheMailIsSentAgain() throws Exception {
        UUID ada = fixture.person("Ada", "ada@example.com", false);
        fixture.happens(new EmailValidationRequested(ada, UUID.randomUUID(), TOMORROW));
        MailOutboxWorker sender = fixture.sender(new FileMailTransport(home));
        MailFixture.sendAll(sender);

        fixture.jdbc.update("update mails set done_at = null, outcome = null, due_at = now()");
        MailFixture.sendAll(sender);

        assertThat(files()).hasSize(1);
    }

    @Test
    void deletesTheMailsThatNameAnErasedUserAlone() throws Exception {
        UUID zoe = fixture.person("Zoë", "zoe@example.com", false);
        UUID ada = fixture.person("Ada", "ada@example.com", false);
        UUID acme = fixture.organization("acme", ada);
        UUID bob = fixture.person("Bob", "bob@example.com", false);
        fixture.happens(new EmailValidationRequested(zoe, UUID.randomUUID(), TOMORROW));
        fixture.happens(new EmailValidationRequested(ada, UUID.randomUUID(), TOMORROW));
        fixture.happens(new MemberRemoved(acme, UUID.randomUUID(), bob), ActorContext.byUser(zoe, null, null));
        FileMailTransport delivery = new FileMailTransport(home);
        MailFixture.sendAll(fixture.sender(delivery));
        var cleanup = new MailFileCleanup(fixture.mails, delivery);
        cleanup.deleteFilesOfErasedUsers();
        assertThat(files()).hasSize(3);

        fixture.erased(zoe);
        cleanup.deleteFilesOfErasedUsers();

        assertThat(files())
                .singleElement()
                .satisfies(left -> assertThat(Files.readString(left)).contains("ada@example.com"));
    }

    @Test
    void deletesTheInvitationOfAnErasedAddress() throws Exception {
        UUID ada = fixture.person("Ada", "ada@example.com", true);
        UUID acme = fixture.organization("acme", ada);
        UUID link = UUID.randomUUID();
        UUID invitation = fixture.invitation(acme, "acme", "Ada", "zoe@example.com", link);
        fixture.happens(
                new MemberInvited(acme, invitation, "sealed", "hash", ada, link, TOMORROW, "owner"),
                ActorContext.byUser(ada, null, null));
        FileMailTransport delivery = new FileMailTransport(home);
        MailFixture.sendAll(fixture.sender(delivery));
        assertThat(files()).hasSize(1);

        fixture.erasedInvitation(acme, invitation, link);
        new MailFileCleanup(fixture.mails, delivery).deleteFilesOfErasedUsers();

        assertThat(files()).isEmpty();
    }

    @Test
    void deletesMailsThatAreOld() throws Exception {
        UUID zoe = fixture.person("Zoë", "zoe@example.com", false);
        fixture.happens(new EmailValidationRequested(zoe, UUID.randomUUID(), TOMORROW));
        FileMailTransport delivery = new FileMailTransport(home);
        MailFixture.sendAll(fixture.sender(delivery));

        delivery.forgetOlderThan(Instant.now().minusSeconds(60));
        assertThat(files()).hasSize(1);
        delivery.forgetOlderThan(Instant.now().plusSeconds(60));
        assertThat(files()).isEmpty();
    }

    private List<Path> files() throws Exception {
        try (var files = Files.list(home)) {
            return files.toList();
        }
    }
}
