package io.guildhall.query.activity;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.invitation.InvitationEvent.InvitationRevoked;
import io.guildhall.domain.membership.MembershipEvent.MemberRemoved;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationLocked;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationRenamed;
import io.guildhall.domain.organization.OrganizationEvent.PlanChanged;
import io.guildhall.domain.session.SessionEvent.SessionEnded;
import io.guildhall.domain.shared.ActorContext;
import io.guildhall.domain.token.TokenEvent.TokenEdited;
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

class ActivitiesQueriesTest {

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

    private List<ActivityView> trail(UUID trail, String... types) {
        return models.ask(new ListActivities(trail, List.of(types), 100, 0), ActivityPage.class)
                .activities();
    }

    private ActivityView latest(UUID trail) {
        return trail(trail).getFirst();
    }

    @Test
    void sayWhoDidWhatNewestFirst() {
        Instant at = models.now();
        models.happened(ActorContext.byUser(ada, null, "r-1"), new PlanChanged(acme, "hobby", "pro"));

        ActivityView chosen = latest(acme);

        assertThat(UUID.fromString(chosen.id())).isNotNull();
        assertThat(chosen.actor()).isEqualTo(new ObjectView(ada.toString(), "Ada", "user", Map.of(), false));
        assertThat(chosen.verb()).isEqualTo("updated");
        assertThat(chosen.object()).isEqualTo(new ObjectView(acme.toString(), "acme", "organization", Map.of(), false));
        assertThat(chosen.metadata())
                .isEqualTo(Map.of("event", "plan_updated", "from", "hobby", "to", "pro", "request_id", "r-1"));
        assertThat(chosen.createdAt()).isEqualTo(at);
        assertThat(trail(acme)).extracting(ActivityView::verb).containsExactly("updated", "joined", "created");
    }

    @Test
    void nameTheApiTokenThatWasUsed() {
        UUID token = story.token(acme, ada, "USER", "t", null);
        models.happened(ActorContext.byUser(ada, token, null), new PlanChanged(acme, "hobby", "pro"));

        assertThat(latest(acme).actor().type()).isEqualTo("user");
        assertThat(latest(acme).metadata()).containsEntry("auth_token_ref", "credential:" + token);
    }

    @Test
    void haveATokenOfTheOrganizationAsActor() {
        UUID token = story.token(acme, ada, "ORGANIZATION", "t", null);
        models.happened(
                ActorContext.byUser(null, token, null),
                new TokenEdited(acme, token, ada, story.seal(ada, "deploy"), story.seal(ada, "")));

        ActivityView described = latest(acme);

        assertThat(described.actor())
                .isEqualTo(new ObjectView(token.toString(), "deploy", "credential", Map.of(), false));
        assertThat(described.object())
                .isEqualTo(new ObjectView(
                        token.toString(), "deploy", "credential", Map.of("type", "ORGANIZATION"), false));
    }

    @Test
    void haveTheOperatorAndTheSystemAsActors() {
        models.happened(ActorContext.byOperator(null), new OrganizationLocked(acme, story.seal(acme, "unpaid")));
        assertThat(latest(acme).actor()).isEqualTo(new ObjectView("operator", "Operator", "operator", Map.of(), false));
        assertThat(latest(acme).metadata().toString()).doesNotContain("unpaid");

        models.happened(ActorContext.bySystem(), new PlanChanged(acme, "hobby", "pro"));
        assertThat(latest(acme).actor()).isEqualTo(new ObjectView("system", "System", "system_user", Map.of(), false));
    }

    @Test
    void haveTheAddressOfAnInvitation() {
        UUID invitation = story.invitation(acme, ada, "Bob", Duration.ofDays(1));
        assertThat(latest(acme).object().metadata()).isEqualTo(Map.of("email", "bob@example.org"));
        assertThat(latest(acme).object().deleted()).isFalse();

        models.happened(Story.by(ada), new InvitationRevoked(acme, invitation));

        assertThat(latest(acme).verb()).isEqualTo("deleted");
        assertThat(latest(acme).object().deleted()).isTrue();
    }

    @Test
    void haveTheNameOfAMember() {
        UUID bob = story.person("Bob");
        UUID bobs = story.membership(acme, bob);
        models.happened(Story.by(ada), new MemberRemoved(acme, bobs, bob));

        assertThat(latest(acme).verb()).isEqualTo("revoked");
        assertThat(latest(acme).object())
                .isEqualTo(new ObjectView(
                        bobs.toString(), "Bob", "organization_member", Map.of("user_id", bob.toString()), true));
    }

    /** Personal data is never in an event in clear text, and an erasure destroys its key (R20). */
    @Test
    void showAnErasedPerson() {
        UUID bob = story.person("Bob");
        story.membership(acme, bob);
        story.erased(bob, "Bob");

        assertThat(latest(acme).actor().name()).isEqualTo("Erased person");
        assertThat(latest(acme).object().name()).isEqualTo("Erased person");
        assertThat(latest(bob).verb()).isEqualTo("deleted");
        assertThat(latest(bob).object().deleted()).isTrue();
    }

    @Test
    void tellAnUserOfItsSessions() {
        UUID session = story.session(ada, null, null, "s", Duration.ofDays(1));
        assertThat(latest(ada).object()).isEqualTo(new ObjectView(session.toString(), "", "session", Map.of(), false));

        models.happened(Story.by(ada), new SessionEnded(ada, session, "LOGOUT"));

        assertThat(latest(ada).verb()).isEqualTo("deleted");
        assertThat(latest(ada).object().deleted()).isTrue();
    }

    /** A former member does not see later names of the organization (R23). */
    @Test
    void haveTheNameOfThenForAnOrganizationInAnUsersTrail() {
        models.happened(Story.by(ada), new OrganizationRenamed(acme, "acme", "beta"));
        UUID bob = story.person("Bob");
        UUID bobs = story.membership(acme, bob);
        story.left(acme, bobs, bob);
        models.happened(Story.by(ada), new OrganizationRenamed(acme, "beta", "gamma"));

        assertThat(trail(bob, "organization"))
                .extracting(it -> it.verb() + " " + it.object().name())
                .containsExactly("left beta", "joined beta");
        assertThat(trail(ada, "organization"))
                .extracting(it -> it.verb() + " " + it.object().name())
                .containsExactly("joined acme");
    }

    @Test
    void comeInPagesAndByType() {
        story.invitation(acme, ada, "Bob", Duration.ofDays(1));
        story.token(acme, ada, "USER", "t", null);

        assertThat(trail(acme, "credential", "organization_invitation"))
                .extracting(it -> it.object().type())
                .containsExactly("credential", "organization_invitation");
        ActivityPage first = models.ask(new ListActivities(acme, List.of(), 3, 0), ActivityPage.class);
        assertThat(first.activities()).hasSize(3);
        assertThat(first.hasNext()).isTrue();
        ActivityPage rest = models.ask(new ListActivities(acme, List.of(), 3, 3), ActivityPage.class);
        assertThat(rest.activities()).hasSize(1);
        assertThat(rest.hasNext()).isFalse();
    }
}
