package io.guildhall.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** R1, R4, R6: what one user can have so many of, or one alone of all. */
@ParameterizedClass(name = "processes: {0}")
@ValueSource(ints = {1, 2})
@Tag("e2e")
class UserRacesTest {

    private static final int ROUNDS = 3;
    private static final int LIMIT = 5;

    @Parameter
    private int serviceProcesses;

    private final ServiceProcesses pair = ServiceProcesses.pair();

    @AfterAll
    static void keepsEveryRule() {
        DatabaseInvariants.hold(ServiceProcesses.pair().database());
    }

    @RepeatedTest(ROUNDS)
    void oneUserFoundsFiveOrganizations() {
        TestUser creator = client(0).newcomer();
        List<String> names = names(ConcurrentRequests.CALLERS);

        ConcurrentRequests concurrentRequests = ConcurrentRequests.between(
                        caller -> found(creator, caller, names.get(caller)))
                .othersRefused(400, "", "%d is your limit".formatted(LIMIT));

        assertThat(concurrentRequests.won()).hasSize(LIMIT);
        List<String> wanted =
                concurrentRequests.winners().stream().map(names::get).toList();
        assertThat(namesOf(creator)).containsExactlyInAnyOrderElementsOf(wanted);
        assertThat(PagedTrail.ofUser(creator).objects("joined organization"))
                .containsExactlyInAnyOrderElementsOf(concurrentRequests.won().stream()
                        .map(reply -> reply.text("organization.id"))
                        .toList());
        concurrentRequests.won().forEach(reply -> {
            TestUser member = creator.in(reply.text("organization.id"));
            assertThat(PagedTrail.ofOrganization(member).said())
                    .containsExactly("created organization", "joined organization_member");
        });
        names.removeAll(wanted);
        assertThat(client(1).newcomer().found(names.getFirst()))
                .as("not taken by a refusal")
                .isNotEmpty();
    }

    /** Fewer rounds, since every caller's password is hashed. */
    @RepeatedTest(2)
    void oneAddressSignsUpOnce() {
        String email = Client.unusedEmail();

        ConcurrentRequests concurrentRequests = ConcurrentRequests.between(caller -> client(caller)
                        .post(
                                "/v1/account/signup",
                                Map.of(
                                        "email",
                                        // R1: the same address, however it is written.
                                        caller % 2 == 0 ? email : " " + email.toUpperCase(),
                                        "password",
                                        Client.PASSWORD,
                                        "name",
                                        "Caller " + caller)))
                .othersRefused(400, "email", "a user with this e-mail address already");

        assertThat(concurrentRequests.winners()).hasSize(1);
        Client winner = client(1).as(concurrentRequests.won().getFirst().text("token.id"));
        Reply profile = winner.get("/v1/account/profile").ok();
        assertThat(profile.text("user.name"))
                .isEqualTo("Caller " + concurrentRequests.winners().getFirst());
        assertThat(profile.text("user.email")).isEqualTo(email);
        assertThat(client(0).signIn(email, Client.PASSWORD).ok().text("token.user_id"))
                .isEqualTo(profile.text("user.id"));
        winner.mailbox().link(email, Mailbox.VALIDATION);
        assertThat(winner.mailbox().to(email)).hasSize(1);
    }

    @RepeatedTest(ROUNDS)
    void oneNameIsFoundedOnce() {
        List<TestUser> raceFixture = new ArrayList<>(RaceFixture.people());
        Collections.shuffle(raceFixture);
        String name = Client.unusedName();

        ConcurrentRequests concurrentRequests = ConcurrentRequests.between(
                        caller -> found(raceFixture.get(caller), caller, name))
                .othersRefused(400, "name", "taken");

        assertThat(concurrentRequests.winners()).hasSize(1);
        for (int caller = 0; caller < ConcurrentRequests.CALLERS; caller++) {
            assertThat(namesOf(raceFixture.get(caller)).contains(name))
                    .isEqualTo(concurrentRequests.winners().contains(caller));
        }
    }

    @RepeatedTest(ROUNDS)
    void usersJoinFiveByFoundingAndAcceptingAlike() {
        List<TestUser> hosts = RaceFixture.hosts();
        TestUser joiner = client(0).newcomer();
        List<String> invitations =
                ConcurrentRequests.atOnce(hosts.size(), host -> hosts.get(host).invite(joiner.email()));
        List<String> names = names(ConcurrentRequests.CALLERS);

        ConcurrentRequests concurrentRequests = ConcurrentRequests.between(caller -> caller % 2 == 0
                        ? found(joiner, caller, names.get(caller))
                        : joiner.at(client(caller).base()).accept(invitations.get(caller / 2)))
                .othersRefused(400, "", "%d is your limit".formatted(LIMIT));

        assertThat(concurrentRequests.won()).hasSize(LIMIT);
        assertThat(namesOf(joiner)).hasSize(LIMIT);
        assertThat(PagedTrail.ofUser(joiner).of("joined organization")).hasSize(LIMIT);
        for (int host = 0; host < hosts.size(); host++) {
            boolean accepted = concurrentRequests.replies().get(host * 2 + 1).isOk();
            Reply invitation = hosts.get(host)
                    .client()
                    .get("/v1/organization_invitations/" + invitations.get(host))
                    .ok();
            assertThat(invitation.text("invitation.status")).isEqualTo(accepted ? "ACCEPTED" : "PENDING");
            Reply members = hosts.get(host)
                    .client()
                    .get("/v1/organization_members?limit=100")
                    .ok();
            assertThat(members.texts("members", "user_id").contains(joiner.id()))
                    .isEqualTo(accepted);
        }
    }

    @RepeatedTest(ROUNDS)
    void twoOrganizationsCompeteForThreeNames() {
        TestUser owner = client(0).newcomer();
        List<String> names = names(3);
        List<String> organizations = List.of(owner.found(names.get(0)), owner.found(names.get(1)));

        ConcurrentRequests concurrentRequests = ConcurrentRequests.between(caller -> owner.at(
                                client(caller / 2).base())
                        .client()
                        .put(
                                "/v1/organizations/%s/name".formatted(organizations.get(caller % 2)),
                                Map.of("name", names.get(caller / 2 % 3))))
                .othersRefused(400, "name", "taken");

        Set<String> held = new HashSet<>();
        for (int one = 0; one < 2; one++) {
            TestUser member = owner.in(organizations.get(one));
            String name = names.get(one);
            for (JsonNode renamed : PagedTrail.ofOrganization(member).of("updated organization")) {
                assertThat(PagedTrail.text(renamed, "/metadata/from")).isEqualTo(name);
                name = PagedTrail.text(renamed, "/metadata/to");
            }
            assertThat(member.client().get("/v1/account/organization").text("organization.name"))
                    .isEqualTo(name);
            held.add(name);
        }
        assertThat(held).hasSize(2);
        assertThat(concurrentRequests.won()).isNotEmpty();
        TestUser other = client(1).newcomer();
        for (String name : names) {
            assertThat(found(other, 1, name).isOk()).as(name).isEqualTo(!held.contains(name));
        }
    }

    private Client client(int caller) {
        return pair.get(caller % serviceProcesses).client();
    }

    private Reply found(TestUser creator, int caller, String name) {
        return creator.at(client(caller).base()).client().post("/v1/organizations", Map.of("name", name));
    }

    private static List<String> names(int count) {
        return new ArrayList<>(
                IntStream.range(0, count).mapToObj(i -> Client.unusedName()).toList());
    }

    private static List<String> namesOf(TestUser testUser) {
        return testUser.client().get("/v1/account/organizations?limit=100").ok().texts("organizations", "name");
    }
}
