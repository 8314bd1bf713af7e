package io.guildhall.api.mail;

import static io.guildhall.api.mail.MailFixture.TOMORROW;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.invitation.InvitationEvent.MemberInvited;
import io.guildhall.domain.membership.MembershipEvent.MemberRemoved;
import io.guildhall.domain.shared.ActorContext;
import io.guildhall.domain.user.UserEvent.EmailValidationRequested;
import io.guildhall.infrastructure.outbox.mail.MailTransport;
import io.guildhall.infrastructure.outbox.mail.OutboxEntry;
import jakarta.mail.internet.MimeMessage;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class MailFileCleanupTest {

    private final MailFixture fixture = new MailFixture();

    @Test
    void deletesTheMailsThatNameAnErasedUserAlone() {
        UUID zoe = fixture.person("Zoë", "zoe@example.com", false);
        UUID ada = fixture.person("Ada", "ada@example.com", false);
        UUID acme = fixture.organization("acme", ada);
        UUID bob = fixture.person("Bob", "bob@example.com", false);
        fixture.happens(new EmailValidationRequested(zoe, UUID.randomUUID(), TOMORROW));
        fixture.happens(new EmailValidationRequested(ada, UUID.randomUUID(), TOMORROW));
        fixture.happens(new MemberRemoved(acme, UUID.randomUUID(), bob), ActorContext.byUser(zoe, null, null));
        assertThat(deleted()).isEmpty();

        fixture.erased(zoe);
        assertThat(deleted()).containsExactlyInAnyOrder("EMAIL_VALIDATION to " + zoe, "MEMBER_REMOVED to " + bob);
    }

    @Test
    void deletesTheInvitationOfAnErasedAddress() {
        UUID ada = fixture.person("Ada", "ada@example.com", true);
        UUID acme = fixture.organization("acme", ada);
        UUID link = UUID.randomUUID();
        UUID invitation = fixture.invitation(acme, "acme", "Ada", "zoe@example.com", link);
        fixture.happens(
                new MemberInvited(acme, invitation, "sealed", "hash", ada, link, TOMORROW, "owner"),
                ActorContext.byUser(ada, null, null));
        assertThat(deleted()).isEmpty();

        fixture.erasedInvitation(acme, invitation, link);

        assertThat(deleted()).containsExactly("INVITATION to " + invitation);
    }

    /** Of the mails of the outbox, as if there were a file of each. */
    private List<String> deleted() {
        Set<UUID> files = new HashSet<>(fixture.jdbc.queryForList("select id from mails", UUID.class));
        Set<UUID> deleted = new HashSet<>();
        new MailFileCleanup(JdbcClient.create(fixture.jdbc), new MailTransport() {

                    @Override
                    public void deliver(OutboxEntry mail, MimeMessage message) {}

                    @Override
                    public void deleteFiles(UnaryOperator<Set<UUID>> choice) {
                        deleted.addAll(choice.apply(files));
                    }
                })
                .deleteFilesOfErasedUsers();
        return deleted.stream()
                .map(mail -> fixture.jdbc.queryForObject(
                        "select kind || ' to ' || recipient from mails where id = ?", String.class, mail))
                .toList();
    }
}
