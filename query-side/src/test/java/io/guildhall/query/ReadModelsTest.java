package io.guildhall.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.account.events.AccountRenamed;
import io.guildhall.domain.account.events.DeploymentMailsTurnedOff;
import io.guildhall.domain.account.events.EmailChanged;
import io.guildhall.domain.account.events.EmailValidationRequested;
import io.guildhall.domain.account.events.MembershipLimitRaised;
import io.guildhall.domain.account.events.NewsletterSubscribed;
import io.guildhall.domain.account.events.PasswordResetRequested;
import io.guildhall.domain.invitation.events.InvitationDeclined;
import io.guildhall.domain.invitation.events.InvitationExpired;
import io.guildhall.domain.invitation.events.InvitationResent;
import io.guildhall.domain.invitation.events.InvitationRevoked;
import io.guildhall.domain.kernel.Act;
import io.guildhall.domain.organization.events.ActivityRetentionChosen;
import io.guildhall.domain.organization.events.BillingInformationGiven;
import io.guildhall.domain.organization.events.DeactivationRequested;
import io.guildhall.domain.organization.events.DeactivationStarted;
import io.guildhall.domain.organization.events.DeletionStarted;
import io.guildhall.domain.organization.events.OrganizationDeactivated;
import io.guildhall.domain.organization.events.OrganizationDeleted;
import io.guildhall.domain.organization.events.OrganizationLocked;
import io.guildhall.domain.organization.events.OrganizationRenamed;
import io.guildhall.domain.organization.events.PlanChosen;
import io.guildhall.domain.organization.events.SignupQualificationAnswered;
import io.guildhall.domain.session.events.SessionEnded;
import io.guildhall.domain.token.events.TokenDeactivated;
import io.guildhall.domain.token.events.TokenDescribed;
import io.guildhall.domain.token.events.TokenReactivated;
import io.guildhall.domain.token.events.TokenRevoked;
import io.guildhall.domain.webhook.events.WebhookChanged;
import io.guildhall.domain.webhook.events.WebhookDeleted;
import io.guildhall.domain.webhook.events.WebhookDisabled;
import io.guildhall.domain.webhook.events.WebhookEnabled;
import io.guildhall.domain.webhook.events.WebhookSecretRotated;
import io.guildhall.query.token.LastUse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What holds for all read models together. */
class ReadModelsTest {

    private static final Duration WEEK = Duration.ofDays(7);

    @RegisterExtension
    final ReadModels models = new ReadModels();

    private final Story story = new Story(models);

    /** Ada, whom everything happens to, and who is still there. */
    private UUID aLotHappens() {
        UUID ada = story.person("Ada Lovelace");
        UUID bob = story.person("Bob");
        UUID acme = story.organization("acme", ada);
        story.accepted(acme, story.invitation(acme, ada, "Bob", WEEK), bob);
        UUID bobs = story.membership(acme, bob);
        UUID session = story.session(ada, acme, null, "s1", WEEK);
        story.session(ada, null, null, "s2", WEEK);
        UUID token = story.token(acme, bob, "USER", "t1", null);
        UUID other = story.token(acme, ada, "ORGANIZATION", "t2", WEEK);
        UUID resent = story.invitation(acme, bob, "Carl", WEEK);
        UUID toAda = story.invitation(story.organization("bobs", bob), bob, "Ada Lovelace", WEEK);
        models.happened(
                Story.by(ada),
                new AccountRenamed(ada, story.seal(ada, "Ada King")),
                new EmailValidationRequested(ada, UUID.randomUUID(), Instant.EPOCH),
                new PasswordResetRequested(ada, UUID.randomUUID(), Instant.EPOCH),
                new NewsletterSubscribed(ada),
                new DeploymentMailsTurnedOff(ada),
                new SessionEnded(ada, session, "LOGOUT"));
        models.happened(
                Act.byAccount(bob, token, "r-1"),
                new InvitationResent(
                        acme, resent, UUID.randomUUID(), models.now().plus(WEEK)),
                new InvitationExpired(acme, resent),
                new InvitationRevoked(acme, resent),
                new TokenDescribed(acme, other, story.seal(acme, "deploy"), story.seal(acme, "")),
                new OrganizationRenamed(acme, "acme", "acme-2"),
                new BillingInformationGiven(acme, story.seal(acme, "billing_name=Acme Inc\ncity=London"), false),
                new SignupQualificationAnswered(acme, story.seal(acme, "{\"odd\":\"\\u0000\",\"n\":[1]}")),
                new PlanChosen(acme, "hobby", "starter"),
                new ActivityRetentionChosen(acme, 0, 30),
                new DeactivationRequested(acme, UUID.randomUUID(), Instant.EPOCH));
        UUID webhook = story.webhook(acme, bob, "https://one.example/");
        UUID formerWebhook = story.webhook(acme, bob, "https://two.example/");
        models.happened(
                Story.by(bob),
                new WebhookChanged(
                        acme, webhook, story.seal(acme, "https://three.example/"), "", story.seal(acme, ""), bob),
                new WebhookSecretRotated(acme, webhook, UUID.randomUUID()),
                new WebhookDisabled(acme, webhook, "FAILING"),
                new WebhookEnabled(acme, webhook, bob),
                new WebhookDeleted(acme, formerWebhook));
        story.left(acme, bobs, bob);
        models.happened(
                Story.by(bob),
                new TokenDeactivated(acme, token, bob, "MEMBERSHIP_ENDED"),
                new TokenReactivated(acme, token, bob),
                new TokenRevoked(acme, token, bob, "REVOKED"));
        models.happened(
                Act.byOperator("r-2"),
                new MembershipLimitRaised(ada, 100),
                new OrganizationLocked(acme, story.seal(acme, "unpaid")));
        UUID gone = story.organization("gone", bob);
        models.happened(
                Act.bySystem(),
                new DeactivationStarted(gone, "REQUESTED_BY_OWNER"),
                new OrganizationDeactivated(gone),
                new DeletionStarted(gone),
                new OrganizationDeleted(gone, "gone"));
        assertThat(toAda).isNotNull();
        return ada;
    }

    @Test
    void stayAsTheyAreWhenEveryEventIsDeliveredAgain() {
        aLotHappens();
        var before = models.rows();

        models.hearEverythingTwiceMore();

        assertThat(before.values()).noneMatch(List::isEmpty);
        assertThat(models.rows()).isEqualTo(before);
    }

    @Test
    void areTheSameAfterARebuild() {
        aLotHappens();
        var before = models.rows();

        models.rebuild();

        assertThat(models.rows()).isEqualTo(before);
    }

    @Test
    void keepWhatNoEventSaysOverARebuild() {
        UUID ada = story.person("Ada");
        UUID token = story.token(story.organization("acme", ada), ada, "USER", "t", null);
        models.bean(LastUse.class).used(token, Instant.now());
        models.bean(LastUse.class).flush();

        models.rebuild();

        assertThat(models.sql()
                        .sql("select token from token_last_use")
                        .query(UUID.class)
                        .list())
                .containsExactly(token);
    }

    /** R20. */
    @Test
    void holdNothingOfAnErasedPerson() {
        UUID ada = aLotHappens();
        assertThat(models.rows().toString()).contains("Ada King", "ada.lovelace@", "192.0.2.7", "encoded:Ada");

        story.erased(ada, "Ada Lovelace");

        assertThat(models.rows().toString())
                .doesNotContain("Ada", "ada.lovelace@", "192.0.2.7")
                .contains("bob@example.org");
    }

    /** R20: the keys are gone when the events are read again. */
    @Test
    void showAnErasedPersonAsSuchAfterARebuild() {
        UUID ada = aLotHappens();
        story.erased(ada, "Ada Lovelace");
        var before = models.rows();

        models.rebuild();

        assertThat(models.rows()).isEqualTo(before);
    }

    /** R20: the address that was answered from is not the one that was erased. */
    @Test
    void holdNothingOfTheFormerAddressOfAnErasedPerson() {
        UUID bob = story.person("Bob");
        UUID ada = story.person("Ada");
        UUID acme = story.organization("acme", bob);
        story.accepted(acme, story.invitation(acme, bob, "Ada", WEEK), ada);
        UUID declined = story.invitation(acme, bob, "Ada", WEEK);
        models.happened(
                Story.by(ada),
                new InvitationDeclined(acme, declined, ada),
                new EmailChanged(ada, story.seal(ada, "new@example.org"), story.hash("Newer")));

        story.erased(ada, "Newer");

        assertThat(models.rows().toString()).doesNotContain("ada@example.org", "new@example.org");
    }
}
