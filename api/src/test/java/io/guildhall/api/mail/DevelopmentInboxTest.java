package io.guildhall.api.mail;

import static io.guildhall.api.mail.MailFixture.TOMORROW;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.user.UserEvent.EmailValidationRequested;
import io.guildhall.query.user.PublicUrl;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties.ForwardHeadersStrategy;

class DevelopmentInboxTest {

    private static final PublicUrl LOCAL = new PublicUrl(URI.create("http://localhost:8080"));

    private final MailFixture fixture = new MailFixture();

    @TempDir
    private Path home;

    @Test
    void showsMailsNewestFirst() throws Exception {
        UUID link = UUID.randomUUID();
        UUID zoe = fixture.person("Zoë", "zoe@example.com", false);
        UUID ada = fixture.person("Ada", "ada@example.com", false);
        MailOutboxWorker sender = fixture.sender(new FileMailTransport(home));
        fixture.happens(new EmailValidationRequested(zoe, UUID.randomUUID(), TOMORROW));
        MailFixture.sendAll(sender);
        Thread.sleep(5);
        fixture.happens(new EmailValidationRequested(ada, link, TOMORROW));
        MailFixture.sendAll(sender);
        DevelopmentInbox inbox = new DevelopmentInbox(home);

        List<DevelopmentInbox.MailSummary> mails = inbox.newest();

        assertThat(mails)
                .extracting(DevelopmentInbox.MailSummary::to)
                .containsExactly("ada@example.com", "zoe@example.com");
        DevelopmentInbox.MailText newest = inbox.find(mails.getFirst().id());
        assertThat(newest).isNotNull();
        assertThat(newest.link())
                .isEqualTo("https://guildhall.example/account/validate/" + fixture.links.urlId("VALIDATE", link));
        assertThat(newest.text()).contains("ada@example.com").contains(newest.link());
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

    @Test
    void isForAServerThatOnlyThisMachineReaches() throws Exception {
        assertThat(DevelopmentInboxConfiguration.isLocal(server("127.0.0.1"), LOCAL))
                .isTrue();
        assertThat(DevelopmentInboxConfiguration.isLocal(server("::1"), LOCAL)).isTrue();
        assertThat(DevelopmentInboxConfiguration.isLocal(server("0.0.0.0"), LOCAL))
                .isFalse();
        assertThat(DevelopmentInboxConfiguration.isLocal(server("192.0.2.1"), LOCAL))
                .isFalse();
        assertThat(DevelopmentInboxConfiguration.isLocal(new ServerProperties(), LOCAL))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://guildhall.example", "http://localhost.example", "http://192.0.2.1:8080"})
    void isNotForAServerThatIsKnownByAnotherName(String url) throws Exception {
        assertThat(DevelopmentInboxConfiguration.isLocal(server("127.0.0.1"), new PublicUrl(URI.create(url))))
                .isFalse();
    }

    @Test
    void isNotForAServerThatTrustsAProxy() throws Exception {
        ServerProperties server = server("127.0.0.1");
        server.setForwardHeadersStrategy(ForwardHeadersStrategy.NONE);
        assertThat(DevelopmentInboxConfiguration.isLocal(server, LOCAL)).isTrue();
        for (var strategy : List.of(ForwardHeadersStrategy.NATIVE, ForwardHeadersStrategy.FRAMEWORK)) {
            server.setForwardHeadersStrategy(strategy);
            assertThat(DevelopmentInboxConfiguration.isLocal(server, LOCAL)).isFalse();
        }
    }

    private static ServerProperties server(String address) throws Exception {
        var server = new ServerProperties();
        server.setAddress(InetAddress.getByName(address));
        return server;
    }
}
