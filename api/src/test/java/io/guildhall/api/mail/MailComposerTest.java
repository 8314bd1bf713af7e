package io.guildhall.api.mail;

import static io.guildhall.api.mail.MailFixture.TOMORROW;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.invitation.InvitationEvent.InvitationResent;
import io.guildhall.domain.invitation.InvitationEvent.MemberInvited;
import io.guildhall.domain.membership.MembershipEvent.MemberRemoved;
import io.guildhall.domain.organization.OrganizationEvent.DeactivationRequested;
import io.guildhall.domain.shared.ActorContext;
import io.guildhall.domain.user.UserEvent.EmailValidationRequested;
import io.guildhall.domain.user.UserEvent.PasswordResetRequested;
import io.guildhall.domain.user.UserEvent.PasswordSet;
import io.guildhall.infrastructure.outbox.mail.MailContent;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MailComposerTest {

    private static final UUID LINK = UUID.randomUUID();

    private final MailFixture fixture = new MailFixture();

    @Test
    void sendsTheLinkThatValidatesAnAddress() {
        UUID ada = fixture.person("Ada", "ada@example.com", false);
        fixture.happens(new EmailValidationRequested(ada, LINK, TOMORROW));

        MailContent mail = onlyMail();

        assertThat(mail.address()).isEqualTo("ada@example.com");
        assertThat(mail.subject()).isEqualTo("Confirm your e-mail address");
        assertLink(mail, "https://guildhall.example/account/validate/" + fixture.links.urlId("VALIDATE", LINK));
    }

    @Test
    void sendsTheLinkThatLeadsToANewPassword() {
        UUID ada = fixture.person("Ada", "ada@example.com", true);
        fixture.happens(new PasswordResetRequested(ada, LINK, TOMORROW));

        assertLink(
                onlyMail(), "https://guildhall.example/account/reset-password/" + fixture.links.urlId("RESET", LINK));
    }

    @Test
    void sendsAnInvitation() {
        UUID acme = fixture.organization("acme");
        UUID invitation = fixture.invitation(acme, "acme", "Ada Lovelace", "bob@example.com", LINK);
        fixture.happens(
                new MemberInvited(acme, invitation, "sealed", "hash", UUID.randomUUID(), LINK, TOMORROW, "owner"));

        MailContent mail = onlyMail();

        assertThat(mail.address()).isEqualTo("bob@example.com");
        assertThat(mail.subject()).isEqualTo("You are invited to acme");
        assertLink(
                mail,
                "https://guildhall.example/account/organization_invitations/"
                        + fixture.links.urlId("INVITATION", LINK));
    }

    @Test
    void sendsAResentInvitation() {
        UUID acme = fixture.organization("acme");
        UUID invitation = fixture.invitation(acme, "acme", "Ada", "bob@example.com", LINK);
        fixture.happens(new InvitationResent(acme, invitation, LINK, TOMORROW));

        MailContent mail = onlyMail();

        assertThat(mail.subject()).startsWith("Reminder: ");
        assertLink(
                mail,
                "https://guildhall.example/account/organization_invitations/"
                        + fixture.links.urlId("INVITATION", LINK));
    }

    @Test
    void sendsTheLinkThatConfirmsADeactivationToEveryMember() {
        UUID ada = fixture.person("Ada", "ada@example.com", true);
        UUID bob = fixture.person("Bob", "bob@example.com", true);
        UUID acme = fixture.organization("acme", ada, bob);
        fixture.happens(new DeactivationRequested(acme, LINK, TOMORROW), ActorContext.byUser(ada, null, null));

        List<@Nullable MailContent> mails = fixture.composed();

        assertThat(mails)
                .extracting(MailContent::address)
                .containsExactlyInAnyOrder("ada@example.com", "bob@example.com");
        for (MailContent mail : mails) {
            boolean toAda = mail.address().startsWith("ada");
            assertLink(
                    mail,
                    "https://guildhall.example/organization/deactivate/confirm/"
                            + fixture.links.urlId("DEACTIVATE", LINK, fixture.membership(acme, toAda ? ada : bob)));
            assertThat(mail.plain()).contains(toAda ? "you asked" : "Ada asked");
        }
    }

    @Test
    void tellsWhoWasRemovedAndWhoseOrganizationIsGone() {
        UUID ada = fixture.person("Ada", "ada@example.com", true);
        UUID bob = fixture.person("Bob", "bob@example.com", true);
        UUID acme = fixture.organization("acme", ada, bob);
        fixture.happens(new MemberRemoved(acme, UUID.randomUUID(), bob), ActorContext.byUser(ada, null, null));
        fixture.happens(new MemberRemoved(acme, UUID.randomUUID(), ada), ActorContext.bySystem());

        List<@Nullable MailContent> mails = fixture.composed();

        assertThat(mails)
                .extracting(MailContent::subject)
                .containsExactlyInAnyOrder("You are no longer a member of acme", "Your organization acme was deleted");
        MailContent removed = mails.stream()
                .filter(mail -> mail.address().equals("bob@example.com"))
                .findAny()
                .orElseThrow();
        assertThat(removed.plain()).contains("Ada removed you from the organization acme");
        assertThat(removed.html()).contains("<strong>Ada</strong> removed you");
    }

    @Test
    void tellsOfANewPassword() {
        UUID ada = fixture.person("Ada", "ada@example.com", true);
        fixture.happens(new PasswordSet(ada, UUID.randomUUID(), "sealed", "RESET"));

        assertThat(onlyMail().subject()).isEqualTo("Your password was changed");
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

        assertThat(fixture.composed()).hasSize(4).containsOnlyNulls();
    }

    private MailContent onlyMail() {
        List<@Nullable MailContent> mails = fixture.composed();
        assertThat(mails).hasSize(1);
        return requireNonNull(mails.getFirst());
    }

    private static void assertLink(MailContent mail, String link) {
        assertThat(mail.plain().lines()).contains(link);
        assertThat(mail.html()).contains("href=\"" + link + "\"");
    }
}
