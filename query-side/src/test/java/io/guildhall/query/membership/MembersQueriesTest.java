package io.guildhall.query.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.organization.OrganizationEvent.OrganizationLocked;
import io.guildhall.domain.shared.ActorContext;
import io.guildhall.query.ReadModels;
import io.guildhall.query.Story;
import io.guildhall.query.organization.PublicOrganizationView;
import io.guildhall.query.user.PublicUserView;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MembersQueriesTest {

    @RegisterExtension
    final ReadModels models = new ReadModels();

    private final Story story = new Story(models);
    private UUID ada;
    private UUID bob;
    private UUID acme;
    private UUID bobs;
    private Instant joined;

    @BeforeEach
    void twoMembers() {
        ada = story.person("Ada");
        bob = story.person("Bob");
        acme = story.organization("acme", ada);
        joined = models.now();
        bobs = story.membership(acme, bob);
    }

    private MemberPage list(UUID organization, UUID user, List<String> statuses, long limit, long offset) {
        return models.ask(new ListMembers(organization, user, statuses, null, limit, offset), MemberPage.class);
    }

    @Test
    void findOne() {
        assertThat(models.ask(new FindMember(acme, bobs), MemberView.class))
                .isEqualTo(new MemberView(
                        bobs.toString(),
                        acme.toString(),
                        bob.toString(),
                        "",
                        joined,
                        "OWNER",
                        "ACTIVE",
                        new PublicUserView(
                                bob.toString(),
                                "bob@example.org",
                                "Bob",
                                ReadModels.URL + "/avatars/b-" + bob.toString().substring(0, 8) + ".svg",
                                "",
                                ""),
                        new PublicOrganizationView(acme.toString(), "", "acme", "hobby", "ACTIVE")));
    }

    @Test
    void findOneThatHasEnded() {
        story.left(acme, bobs, bob);

        assertThat(models.ask(new FindMember(acme, bobs), MemberView.class).status())
                .isEqualTo("DELETED");
        assertThat(models.ask(new FindMembership(acme, bob), MembershipView.class))
                .isNull();
        assertThat(list(acme, null, List.of(), 10, 0).members())
                .extracting(MemberView::userId)
                .containsExactly(ada.toString());
    }

    /** What belongs to another organization does not exist (R23). */
    @Test
    void findNoneOfAnotherOrganization() {
        UUID other = story.organization("other", ada);

        assertThat(models.ask(new FindMember(other, bobs), MemberView.class)).isNull();
    }

    @Test
    void findAMembershipAgainAfterJoiningAgain() {
        story.left(acme, bobs, bob);
        UUID again = story.membership(acme, bob);

        assertThat(models.ask(new FindMembership(acme, bob), MembershipView.class))
                .isEqualTo(new MembershipView(acme, again, bob));
    }

    @Test
    void listOldestFirstInPages() {
        assertThat(list(acme, null, List.of(), 10, 0).members())
                .extracting(it -> it.user().name())
                .containsExactly("Ada", "Bob");
        assertThat(list(acme, null, List.of(), 1, 1).count()).isEqualTo(2);
        assertThat(list(acme, null, List.of(), 1, 1).members()).hasSize(1);
        assertThat(list(acme, null, List.of(), 10, 5).count()).isEqualTo(2);
        assertThat(list(acme, null, List.of(), 1_000, 0).limit()).isEqualTo(100);
    }

    @Test
    void listByUserAndByStatusOfTheOrganization() {
        UUID beta = story.organization("beta", bob);
        models.happened(ActorContext.byOperator(null), new OrganizationLocked(beta, story.seal(beta, "unpaid")));

        assertThat(list(null, bob, List.of(), 10, 0).members())
                .extracting(it -> it.organization().name())
                .containsExactly("acme", "beta");
        assertThat(list(null, bob, List.of("LOCKED"), 10, 0).count()).isEqualTo(1);
        assertThat(list(acme, bob, List.of(), 10, 0).members())
                .extracting(MemberView::id)
                .containsExactly(bobs.toString());
    }

    @Test
    void listThoseOfAMoment() {
        Instant left = models.now();
        story.left(acme, bobs, bob);
        Instant again = models.now();
        story.membership(acme, bob);

        assertThat(asOf(joined.minusNanos(1_000))).containsExactly("Ada ACTIVE");
        assertThat(asOf(joined)).containsExactly("Ada ACTIVE", "Bob ACTIVE");
        assertThat(asOf(left.minusNanos(1_000))).containsExactly("Ada ACTIVE", "Bob ACTIVE");
        assertThat(asOf(left)).containsExactly("Ada ACTIVE");
        assertThat(asOf(again)).containsExactly("Ada ACTIVE", "Bob ACTIVE");
        assertThat(asOf(Instant.EPOCH)).isEmpty();
        MemberPage second = models.ask(new ListMembers(acme, null, List.of(), joined, 1, 1), MemberPage.class);
        assertThat(second.members()).extracting(MemberView::id).containsExactly(bobs.toString());
        assertThat(models.ask(new ListMembers(acme, null, List.of(), joined, 1, 0), MemberPage.class)
                        .count())
                .isEqualTo(2);
    }

    private List<String> asOf(Instant moment) {
        return models.ask(new ListMembers(acme, null, List.of(), moment, 10, 0), MemberPage.class).members().stream()
                .map(it -> it.user().name() + " " + it.status())
                .toList();
    }

    /** Personal data is never in an event in clear text, and an erasure destroys its key (R20). */
    @Test
    void showAnErasedPerson() {
        story.erased(bob, "Bob");

        assertThat(models.ask(new FindMember(acme, bobs), MemberView.class).user())
                .isEqualTo(new PublicUserView(
                        bob.toString(),
                        "",
                        "Erased person",
                        ReadModels.URL + "/avatars/x-" + bob.toString().substring(0, 8) + ".svg",
                        "",
                        ""));
    }
}
