package io.guildhall.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** R9 to R11, R13: the seats of one organization, and who is invited to them. */
@ParameterizedClass(name = "processes: {0}")
@ValueSource(ints = {1, 2})
@Tag("e2e")
class SeatRacesTest {

    private static final int ROUNDS = 3;
    private static final String INVITED = "created organization_invitation";

    @Parameter
    private int serviceProcesses;

    private final ServiceProcesses pair = ServiceProcesses.pair();
    private TestUser creator;

    @AfterAll
    static void keepsEveryRule() {
        DatabaseInvariants.hold(ServiceProcesses.pair().database());
    }

    @BeforeEach
    void found() {
        creator = client(0).newcomer().creator("startup");
    }

    @RepeatedTest(ROUNDS)
    void theLastSeatsAreInvitedToOnce() {
        ConcurrentRequests concurrentRequests = ConcurrentRequests.between(
                        caller -> invite(caller, Client.unusedEmail()))
                .othersRefused(400, "email", "The plan startup has 6 seats");

        assertThat(concurrentRequests.won()).hasSize(5);
        List<String> invited = ids(concurrentRequests.won());
        assertThat(pending()).containsExactlyInAnyOrderElementsOf(invited);
        assertThat(PagedTrail.ofOrganization(creator).objects(INVITED)).containsExactlyInAnyOrderElementsOf(invited);
        Reply summary = creator.client()
                .get("/v1/organizations/%s/summary".formatted(creator.organization()))
                .ok();
        assertThat(summary.text("summary.members.total")).isEqualTo("1");
        assertThat(summary.text("summary.members.invitations_by_status.PENDING"))
                .isEqualTo("5");
    }

    @RepeatedTest(ROUNDS)
    void oneAddressIsInvitedOnceAndGetsOneMail() {
        String email = Client.unusedEmail();

        ConcurrentRequests concurrentRequests = ConcurrentRequests.between(caller -> invite(caller, email))
                .othersRefused(400, "email", "has a pending invitation to the organization already");

        assertThat(concurrentRequests.won()).hasSize(1);
        assertThat(pending()).isEqualTo(ids(concurrentRequests.won()));
        assertThat(PagedTrail.ofOrganization(creator).objects(INVITED)).isEqualTo(ids(concurrentRequests.won()));
        Mailbox mailbox = creator.client().mailbox();
        mailbox.link(email, Mailbox.INVITATION);
        // A second would be waiting in the same table and sent in the same moment; Invariants count those too.
        assertThat(mailbox.to(email)).hasSize(1);
    }

    @RepeatedTest(ROUNDS)
    void oneInvitationIsAcceptedOnceByWhomItIsFor() {
        List<TestUser> raceFixture = RaceFixture.people();
        TestUser invitee = client(0).newcomer();
        String invitation = creator.invite(invitee.email());
        String link = creator.client()
                .mailbox()
                .link(invitee.email(), Mailbox.INVITATION)
                .id();

        ConcurrentRequests concurrentRequests = ConcurrentRequests.between(
                        caller -> (caller % 4 == 3 ? raceFixture.get(caller) : invitee)
                                .at(client(caller / 2).base())
                                .accept(caller % 4 == 1 ? link : invitation))
                .othersRefused(404, "", "invitation");

        assertThat(concurrentRequests.winners())
                .as("accepting again is the same answer")
                .containsExactlyElementsOf(IntStream.range(0, ConcurrentRequests.CALLERS)
                        .filter(caller -> caller % 4 != 3)
                        .boxed()
                        .toList());
        assertThat(ids(concurrentRequests.won())).containsOnly(invitation);
        assertThat(concurrentRequests.won())
                .extracting(reply -> reply.text("invitation.status"))
                .containsOnly("ACCEPTED");
        Reply members = creator.client().get("/v1/organization_members").ok();
        assertThat(members.texts("members", "user_id")).containsExactlyInAnyOrder(creator.id(), invitee.id());
        PagedTrail pagedTrail = PagedTrail.ofOrganization(creator);
        assertThat(pagedTrail.objects("accepted organization_invitation")).containsExactly(invitation);
        assertThat(pagedTrail.of("joined organization_member")).hasSize(2);
        assertThat(PagedTrail.ofUser(invitee).objects("joined organization")).containsExactly(creator.organization());
    }

    @RepeatedTest(ROUNDS)
    void theOneAnswerToAnInvitationIsTheFirst() {
        TestUser invitee = client(0).newcomer();
        String invitation = creator.invite(invitee.email());

        ConcurrentRequests concurrentRequests = ConcurrentRequests.between(caller -> caller % 2 == 0
                ? invitee.at(client(caller / 2).base()).accept(invitation)
                : invitee.at(client(caller / 2).base())
                        .client()
                        .post("/v1/account/organization_invitations/%s/decline".formatted(invitation)));

        String status = creator.client()
                .get("/v1/organization_invitations/" + invitation)
                .ok()
                .text("invitation.status");
        concurrentRequests.othersRefused(
                400,
                "",
                status.equals("ACCEPTED")
                        ? "This invitation was accepted already"
                        : "This invitation was declined already");
        assertThat(concurrentRequests.won()).hasSize(ConcurrentRequests.CALLERS / 2);
        assertThat(concurrentRequests.won())
                .extracting(reply -> reply.text("invitation.status"))
                .containsOnly(status);
        PagedTrail pagedTrail = PagedTrail.ofOrganization(creator);
        assertThat(Stream.of("accepted", "declined")
                        .mapToInt(verb ->
                                pagedTrail.of(verb + " organization_invitation").size()))
                .containsExactlyInAnyOrder(1, 0);
        assertThat(pagedTrail.of("joined organization_member")).hasSize(status.equals("ACCEPTED") ? 2 : 1);
    }

    @RepeatedTest(ROUNDS)
    void thePlanIsNotLoweredBelowTheSeatsThatAreInvitedTo() {
        String organization = creator.organization();

        ConcurrentRequests concurrentRequests = ConcurrentRequests.between(caller -> caller % 2 == 0
                ? creator.at(client(caller / 2).base())
                        .client()
                        .post("/v1/organizations/%s/plan".formatted(organization), Map.of("plan", "starter"))
                : invite(caller / 2, Client.unusedEmail()));

        String plan =
                creator.client().get("/v1/organizations/" + organization).ok().text("organization.plan");
        boolean lowered = plan.equals("starter");
        List<String> pending = pending();
        assertThat(pending.size()).isEqualTo(lowered ? 2 : 5);
        assertThat(concurrentRequests.lost()).allSatisfy(reply -> {
            assertThat(reply.status()).as(reply.toString()).isEqualTo(400);
            if (reply.call().contains("plan")) {
                assertThat(reply.fields()).containsExactly("plan");
                assertThat(reply.message()).contains("The plan starter has 3 seats", "1 by members");
            } else {
                assertThat(reply.fields()).containsExactly("email");
                assertThat(reply.message()).contains("The plan " + plan);
            }
        });
        long chosen = concurrentRequests.won().stream()
                .filter(reply -> reply.call().contains("plan"))
                .count();
        assertThat(chosen)
                .as("choosing the plan that it has is no change")
                .isEqualTo(lowered ? ConcurrentRequests.CALLERS / 2 : 0);
        PagedTrail pagedTrail = PagedTrail.ofOrganization(creator);
        assertThat(pagedTrail.objects(INVITED)).containsExactlyInAnyOrderElementsOf(pending);
        assertThat(pagedTrail.of("updated organization").stream()
                        .filter(activity -> "starter".equals(PagedTrail.text(activity, "/metadata/to"))))
                .hasSize(lowered ? 1 : 0);
    }

    private Client client(int caller) {
        return pair.get(caller % serviceProcesses).client();
    }

    private Reply invite(int caller, String email) {
        return creator.at(client(caller).base()).client().post("/v1/organization_invitations", Map.of("email", email));
    }

    private List<String> pending() {
        return creator.client()
                .get("/v1/organization_invitations?limit=100&statuses=PENDING")
                .ok()
                .texts("invitations", "id");
    }

    private static List<String> ids(List<Reply> replies) {
        return replies.stream().map(reply -> reply.text("invitation.id")).toList();
    }
}
