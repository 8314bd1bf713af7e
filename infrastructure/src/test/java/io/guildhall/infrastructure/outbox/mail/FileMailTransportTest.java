package io.guildhall.infrastructure.outbox.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileMailTransportTest {

    private final MailOutboxFixture fixture = new MailOutboxFixture();

    @TempDir
    private Path home;

    @Test
    void writesOneFileForTheOwnerAloneWithTheLinkInClear() throws Exception {
        fixture.mailTo("zoe@example.com");

        MailOutboxFixture.sendAll(fixture.sender(new FileMailTransport(home)));

        List<Path> files = files();
        assertThat(files).hasSize(1);
        assertThat(files.getFirst().getFileName().toString())
                .matches("\\d{8}T\\d{6}\\.\\d{3}Z-password-changed-[0-9a-f-]{36}\\.eml");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files.getFirst())))
                .isEqualTo("rw-------");
        assertThat(Files.readString(files.getFirst()).lines()).contains(MailOutboxFixture.LINK);
    }

    @Test
    void writesTheSameFileWhenTheMailIsSentAgain() throws Exception {
        fixture.mailTo("ada@example.com");
        MailOutboxWorker sender = fixture.sender(new FileMailTransport(home));
        MailOutboxFixture.sendAll(sender);

        fixture.jdbc.update("update mails set done_at = null, outcome = null, due_at = now()");
        MailOutboxFixture.sendAll(sender);

        assertThat(files()).hasSize(1);
    }

    @Test
    void deletesMailsThatAreOld() throws Exception {
        fixture.mailTo("ada@example.com");
        FileMailTransport delivery = new FileMailTransport(home);
        MailOutboxFixture.sendAll(fixture.sender(delivery));

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
