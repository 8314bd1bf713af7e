package io.guildhall.api.mail;

import static io.guildhall.api.mail.MailFixture.TOMORROW;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.invitation.InvitationEvent.InvitationResent;
import io.guildhall.domain.invitation.InvitationEvent.MemberInvited;
import io.guildhall.domain.membership.MembershipEvent.MemberRemoved;
import io.guildhall.domain.organization.OrganizationEvent.DeactivationRequested;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationLocked;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationUnlocked;
import io.guildhall.domain.shared.ActorContext;
import io.guildhall.domain.user.UserEvent.EmailValidationRequested;
import io.guildhall.domain.user.UserEvent.PasswordResetRequested;
import io.guildhall.domain.user.UserEvent.PasswordSet;
import io.guildhall.domain.webhook.WebhookEvent.WebhookDisabled;
import java.util.List;
import java.util.UUID;
import org.axonframework.eventhandling.DisallowReplay;
import org.junit.jupiter.api.Test;

class MailEventHandlerTest {

    private static final UUID ADA = UUID.randomUUID();

    private final MailFixture fixture = new MailFixture();

    @Test
    void noteOneMailHoweverOftenTheEventIsDelivered() {
        var event = fixture.happens(new EmailValidationRequested(ADA, UUID.randomUUID(), TOMORROW));

        fixture.deliver(event);

        assertThat(kinds()).containsExactly("EMAIL_VALIDATION");
        assertThat(fixture.outcomes()).containsExactly("WAITING");
    }

    @Test
    void noteNothingAgainThatWasSentAlready() {
        var event = fixture.happens(new EmailValidationRequested(ADA, UUID.randomUUID(), TOMORROW));
        fixture.jdbc.update("update mails set done_at = now(), outcome = 'SENT'");

        fixture.deliver(event);

        assertThat(fixture.outcomes()).containsExactly("SENT");
    }

    @Test
    void takeNoPartInRebuilds() {
        assertThat(MailEventHandler.class).hasAnnotation(DisallowReplay.class);
    }

    /** R12: the older link is dead. */
    @Test
    void letANewerInvitationTakeThePlaceOfOneThatStillWaits() {
        UUID organization = UUID.randomUUID();
        UUID invitation = UUID.randomUUID();
        var first = fixture.happens(new MemberInvited(
                organization, invitation, "sealed", "hash", ADA, UUID.randomUUID(), TOMORROW, "owner"));
        fixture.happens(new InvitationResent(organization, invitation, UUID.randomUUID(), TOMORROW));

        fixture.deliver(first);

        assertThat(kinds()).containsExactly("INVITATION", "INVITATION_RESENT");
        assertThat(fixture.outcomes()).containsExactly("DROPPED", "WAITING");
    }

    @Test
    void tellOfANewPasswordButNotOfTheFirst() {
        fixture.happens(new PasswordResetRequested(ADA, UUID.randomUUID(), TOMORROW));
        fixture.happens(new PasswordSet(ADA, UUID.randomUUID(), "sealed", "SIGN_UP"));
        fixture.happens(new PasswordSet(ADA, UUID.randomUUID(), "sealed", "CHANGE"));

        assertThat(kinds()).containsExactly("PASSWORD_RESET", "PASSWORD_CHANGED");
        assertThat(fixture.outcomes()).containsExactly("DROPPED", "WAITING");
    }

    /** R22: by whom the membership was ended tells the two apart. */
    @Test
    void tellARemovedPersonWhetherTheOrganizationIsGoneToo() {
        UUID acme = fixture.organization("acme", ADA);
        fixture.happens(
                new MemberRemoved(acme, UUID.randomUUID(), ADA), ActorContext.byUser(UUID.randomUUID(), null, null));
        fixture.happens(new MemberRemoved(acme, UUID.randomUUID(), ADA), ActorContext.bySystem());

        assertThat(kinds()).containsExactly("MEMBER_REMOVED", "ORGANIZATION_DELETED");
    }

    /** Deactivating keeps members, trail and billing (R21). */
    @Test
    void askEveryMemberToConfirmADeactivation() {
        UUID bob = UUID.randomUUID();
        UUID acme = fixture.organization("acme", ADA, bob);
        fixture.happens(new DeactivationRequested(acme, UUID.randomUUID(), TOMORROW));
        var second = fixture.happens(new DeactivationRequested(acme, UUID.randomUUID(), TOMORROW));

        fixture.deliver(second);

        assertThat(fixture.jdbc.queryForList(
                        "select recipient from mails where outcome is null and kind = 'DEACTIVATION'", UUID.class))
                .containsExactlyInAnyOrder(ADA, bob);
        assertThat(fixture.outcomes()).containsExactlyInAnyOrder("DROPPED", "DROPPED", "WAITING", "WAITING");
    }

    @Test
    void tellEveryMemberOfAWebhookThatNoMemberDisabled() {
        UUID bob = UUID.randomUUID();
        UUID acme = fixture.organization("acme", ADA, bob);
        fixture.happens(
                new WebhookDisabled(acme, UUID.randomUUID(), "REQUESTED"), ActorContext.byUser(ADA, null, null));
        fixture.happens(new WebhookDisabled(acme, UUID.randomUUID(), "GONE"), ActorContext.bySystem());

        assertThat(fixture.jdbc.queryForList("select recipient from mails where kind = 'WEBHOOK_DISABLED'", UUID.class))
                .containsExactlyInAnyOrder(ADA, bob);
    }

    @Test
    void tellEveryMemberOfALockAndItsEnd() {
        UUID bob = UUID.randomUUID();
        UUID acme = fixture.organization("acme", ADA, bob);
        fixture.happens(new OrganizationLocked(acme, "sealed"), ActorContext.byOperator(null));
        fixture.happens(new OrganizationUnlocked(acme), ActorContext.byOperator(null));

        for (String kind : List.of("ORGANIZATION_LOCKED", "ORGANIZATION_UNLOCKED")) {
            assertThat(fixture.jdbc.queryForList("select recipient from mails where kind = ?", UUID.class, kind))
                    .containsExactlyInAnyOrder(ADA, bob);
        }
    }

    private List<String> kinds() {
        return fixture.jdbc.queryForList("select kind from mails order by created_at", String.class);
    }
}
