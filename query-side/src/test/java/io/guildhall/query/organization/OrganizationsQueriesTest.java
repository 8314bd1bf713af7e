package io.guildhall.query.organization;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.invitation.InvitationEvent.InvitationRevoked;
import io.guildhall.domain.organization.OrganizationEvent.BillingInformationProvided;
import io.guildhall.domain.organization.OrganizationEvent.DeactivationStarted;
import io.guildhall.domain.organization.OrganizationEvent.DeletionStarted;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationDeactivated;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationDeleted;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationLocked;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationReactivated;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationUnlocked;
import io.guildhall.domain.organization.OrganizationEvent.PlanChanged;
import io.guildhall.domain.organization.OrganizationEvent.SignupQualificationAnswered;
import io.guildhall.domain.shared.ActorContext;
import io.guildhall.query.ReadModels;
import io.guildhall.query.Story;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OrganizationsQueriesTest {

    @RegisterExtension
    final ReadModels models = new ReadModels();

    private final Story story = new Story(models);
    private UUID ada;
    private UUID acme;

    @BeforeEach
    void anOrganization() {
        ada = story.person("Ada");
        acme = story.organization("acme", ada);
    }

    private OrganizationView find() {
        return models.ask(new FindOrganization(acme), OrganizationView.class);
    }

    private List<String> list(String search, List<String> statuses, boolean ascending) {
        return models
                .ask(new ListOrganizations(ada, null, search, statuses, ascending, 10, 0), OrganizationPage.class)
                .organizations()
                .stream()
                .map(OrganizationView::name)
                .toList();
    }

    @Test
    void findANewOne() {
        assertThat(find().name()).isEqualTo("acme");
        assertThat(find().plan()).isEqualTo("hobby");
        assertThat(find().status()).isEqualTo("ACTIVE");
        assertThat(find().statusMessage()).isEqualTo("VALID");
        assertThat(find().deactivationReason()).isEqualTo("INVALID");
        assertThat(find().signupQualification()).isNull();
        assertThat(find().billingName()).isEmpty();
    }

    @Test
    void findPlanBillingAndAnswers() {
        Instant at = models.now();
        models.happened(
                Story.by(ada),
                new BillingInformationProvided(
                        acme, story.seal(acme, "billing_name=A=B\ncity=Köln\ncompany=true"), false),
                new SignupQualificationAnswered(acme, story.seal(acme, "{\"team\":{\"size\":3}}")),
                new PlanChanged(acme, "hobby", "pro"));

        assertThat(find().plan()).isEqualTo("pro");
        assertThat(find().planUpdatedAt()).isEqualTo(at);
        assertThat(find().billingName()).isEqualTo("A=B");
        assertThat(find().city()).isEqualTo("Köln");
        assertThat(find().company()).isTrue();
        assertThat(find().signupQualification()).isEqualTo(Map.of("team", Map.of("size", 3)));
    }

    /** Deactivating keeps members, trail and billing (R21); deleting removes everything but the events (R22). */
    @Test
    void followItToTheEnd() {
        models.happened(Story.by(ada), new DeactivationStarted(acme, "REQUESTED_BY_OWNER"));
        assertThat(find().status()).isEqualTo("DEACTIVATING");
        assertThat(find().deactivationReason()).isEqualTo("REQUESTED_BY_OWNER");
        assertThat(unfinished()).containsExactly(new PendingLifecycleStep(acme, "DEACTIVATING"));

        models.happened(ActorContext.bySystem(), new OrganizationDeactivated(acme));
        assertThat(find().status()).isEqualTo("DEACTIVATED");
        assertThat(unfinished()).isEmpty();

        models.happened(Story.by(ada), new OrganizationReactivated(acme));
        assertThat(find().status()).isEqualTo("ACTIVE");
        assertThat(find().deactivationReason()).isEqualTo("INVALID");

        models.happened(Story.by(ada), new DeletionStarted(acme));
        assertThat(unfinished()).containsExactly(new PendingLifecycleStep(acme, "DELETING"));

        models.happened(ActorContext.bySystem(), new OrganizationDeleted(acme, "acme"));
        assertThat(find()).isNull();
        assertThat(unfinished()).isEmpty();
        assertThat(list(null, List.of(), true)).isEmpty();
    }

    private List<PendingLifecycleStep> unfinished() {
        return models.ask(new ListPendingLifecycleSteps(10), PendingLifecycleSteps.class)
                .organizations();
    }

    @Test
    void showALockBeforeTheStatus() {
        models.happened(ActorContext.byOperator(null), new OrganizationLocked(acme, story.seal(acme, "unpaid")));
        assertThat(find().status()).isEqualTo("LOCKED");
        assertThat(find().statusMessage()).isEqualTo("LOCKED");

        models.happened(ActorContext.byOperator(null), new OrganizationUnlocked(acme));
        assertThat(find().status()).isEqualTo("ACTIVE");
    }

    @Test
    void listThoseOfAnUser() {
        UUID beta = story.organization("beta-works", ada);
        story.organization("of-bob", story.person("Bob"));
        models.happened(ActorContext.byOperator(null), new OrganizationLocked(beta, story.seal(beta, "unpaid")));

        assertThat(list(null, List.of(), true)).containsExactly("acme", "beta-works");
        assertThat(list(null, List.of(), false)).containsExactly("beta-works", "acme");
        assertThat(list("WORK", List.of(), true)).containsExactly("beta-works");
        assertThat(list(acme.toString().substring(0, 13).toUpperCase(), List.of(), true))
                .containsExactly("acme");
        assertThat(list("%", List.of(), true)).isEmpty();
        assertThat(list(null, List.of("LOCKED", "WARNING"), true)).containsExactly("beta-works");
        OrganizationPage page =
                models.ask(new ListOrganizations(ada, null, null, List.of(), true, 1, 0), OrganizationPage.class);
        assertThat(page.hasNext()).isTrue();
        assertThat(page.organizations()).hasSize(1);
    }

    @Test
    void sumUpMembersAndInvitations() {
        story.membership(acme, story.person("Bob"));
        story.invitation(acme, ada, "Carl", Duration.ofDays(1));
        story.invitation(acme, ada, "Dora", Duration.ofDays(1));
        story.invitation(acme, ada, "Emil", Duration.ofMillis(1));
        models.happened(
                Story.by(ada), new InvitationRevoked(acme, story.invitation(acme, ada, "Finn", Duration.ofDays(1))));

        assertThat(models.ask(new FindSummary(acme), SummaryView.class))
                .isEqualTo(new SummaryView(
                        acme.toString(), new MembersSummaryView("2", Map.of("PENDING", "2", "EXPIRED", "1"))));
    }
}
