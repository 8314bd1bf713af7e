package io.guildhall.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.invitation.InvitationEvent.InvitationDeclined;
import io.guildhall.domain.invitation.InvitationEvent.InvitationExpired;
import io.guildhall.domain.invitation.InvitationEvent.InvitationResent;
import io.guildhall.domain.invitation.InvitationEvent.InvitationRevoked;
import io.guildhall.domain.organization.OrganizationEvent.ActivityRetentionSet;
import io.guildhall.domain.organization.OrganizationEvent.BillingInformationProvided;
import io.guildhall.domain.organization.OrganizationEvent.DeactivationRequested;
import io.guildhall.domain.organization.OrganizationEvent.DeactivationStarted;
import io.guildhall.domain.organization.OrganizationEvent.DeletionStarted;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationDeactivated;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationDeleted;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationLocked;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationRenamed;
import io.guildhall.domain.organization.OrganizationEvent.PlanChanged;
import io.guildhall.domain.organization.OrganizationEvent.SignupQualificationAnswered;
import io.guildhall.domain.session.SessionEvent.SessionEnded;
import io.guildhall.domain.shared.ActorContext;
import io.guildhall.domain.token.TokenEvent.TokenDeactivated;
import io.guildhall.domain.token.TokenEvent.TokenEdited;
import io.guildhall.domain.token.TokenEvent.TokenReactivated;
import io.guildhall.domain.token.TokenEvent.TokenRevoked;
import io.guildhall.domain.user.UserEvent.DeploymentNotificationsDisabled;
import io.guildhall.domain.user.UserEvent.EmailChanged;
import io.guildhall.domain.user.UserEvent.EmailValidationRequested;
import io.guildhall.domain.user.UserEvent.MembershipLimitRaised;
import io.guildhall.domain.user.UserEvent.NewsletterSubscribed;
import io.guildhall.domain.user.UserEvent.PasswordResetRequested;
import io.guildhall.domain.user.UserEvent.UserRenamed;
import io.guildhall.domain.webhook.WebhookEvent.WebhookChanged;
import io.guildhall.domain.webhook.WebhookEvent.WebhookDeleted;
import io.guildhall.domain.webhook.WebhookEvent.WebhookDisabled;
import io.guildhall.domain.webhook.WebhookEvent.WebhookEnabled;
import io.guildhall.domain.webhook.WebhookEvent.WebhookSecretRotated;
import io.guildhall.query.token.TokenUsageRecorder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Properties of all read models. */
class ReadModelsTest {

    private static final Duration WEEK = Duration.ofDays(7);

    @RegisterExtension
    final ReadModels models = new ReadModels();

    private final Story story = new Story(models);

    /** A user affected by all kinds of events, who is not erased. */
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
                new UserRenamed(ada, story.seal(ada, "Ada King")),
                new EmailValidationRequested(ada, UUID.randomUUID(), Instant.EPOCH),
                new PasswordResetRequested(ada, UUID.randomUUID(), Instant.EPOCH),
                new NewsletterSubscribed(ada),
                new DeploymentNotificationsDisabled(ada),
                new SessionEnded(ada, session, "LOGOUT"));
        models.happened(
                ActorContext.byUser(bob, token, "r-1"),
                new InvitationResent(
                        acme, resent, UUID.randomUUID(), models.now().plus(WEEK)),
                new InvitationExpired(acme, resent),
                new InvitationRevoked(acme, resent),
                new TokenEdited(acme, other, ada, story.seal(ada, "deploy"), story.seal(ada, "")),
                new OrganizationRenamed(acme, "acme", "acme-2"),
                new BillingInformationProvided(acme, story.seal(acme, "billing_name=Acme Inc\ncity=London"), false),
                new SignupQualificationAnswered(acme, story.seal(acme, "{\"odd\":\"\\u0000\",\"n\":[1]}")),
                new PlanChanged(acme, "hobby", "starter"),
                new ActivityRetentionSet(acme, 0, 30),
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
                ActorContext.byOperator("r-2"),
                new MembershipLimitRaised(ada, 100),
                new OrganizationLocked(acme, story.seal(acme, "unpaid")));
        UUID gone = story.organization("gone", bob);
        models.happened(
                ActorContext.bySystem(),
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
        models.bean(TokenUsageRecorder.class).used(token, Instant.now());
        models.bean(TokenUsageRecorder.class).flush();

        models.rebuild();

        assertThat(models.sql()
                        .sql("select token from token_last_use")
                        .query(UUID.class)
                        .list())
                .containsExactly(token);
    }

    /** Personal data is never in an event in clear text, and an erasure destroys its key (R20). */
    @Test
    void holdNothingOfAnErasedPerson() {
        UUID ada = aLotHappens();
        assertThat(models.rows().toString()).contains("Ada King", "ada.lovelace@", "192.0.2.7", "encoded:Ada");

        story.erased(ada, "Ada Lovelace");

        assertThat(models.rows().toString())
                .doesNotContain("Ada", "ada.lovelace@", "192.0.2.7")
                .contains("bob@example.org");
    }

    /** The keys are destroyed when the events are read again (R20). */
    @Test
    void showAnErasedPersonAsSuchAfterARebuild() {
        UUID ada = aLotHappens();
        story.erased(ada, "Ada Lovelace");
        var before = models.rows();

        models.rebuild();

        assertThat(models.rows()).isEqualTo(before);
    }

    /** The invitation was answered under another address than the erased one (R20). */
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
