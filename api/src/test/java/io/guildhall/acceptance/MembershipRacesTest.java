package io.guildhall.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** R15 to R17: memberships that end while others, or the members themselves, do something about it. */
@ParameterizedClass(name = "processes: {0}")
@ValueSource(ints = {1, 2})
@Tag("e2e")
class MembershipRacesTest {

    private static final int ROUNDS = 3;

    @Parameter
    private int serviceProcesses;

    private final ServiceProcesses pair = ServiceProcesses.pair();

    @AfterAll
    static void keepsEveryRule() {
        DatabaseInvariants.hold(ServiceProcesses.pair().database());
    }

    /** Both leave and both remove the other, all at once. */
    @RepeatedTest(ROUNDS)
    void oneOfTheTwoLastMembersStays() {
        TestUser one = client(0).newcomer().creator("starter");
        TestUser other = one.welcome(client(0).newcomer());
        List<TestUser> both = List.of(one, other);
        List<String> memberships = List.of(one.membership(), other.membership());

        ConcurrentRequests concurrentRequests = ConcurrentRequests.between(
                caller -> both.get(caller % 2).at(client(caller / 4).base()).remove(memberships.get(caller / 2 % 2)));

        List<TestUser> stayed = both.stream()
                .filter(testUser ->
                        testUser.client().get("/v1/organization_members").isOk())
                .toList();
        assertThat(stayed).hasSize(1);
        TestUser last = stayed.getFirst();
        String kept = last.membership();
        Reply members = last.client().get("/v1/organization_members").ok();
        assertThat(members.texts("members", "user_id")).containsExactly(last.id());
        PagedTrail pagedTrail = PagedTrail.ofOrganization(last);
        assertThat(Stream.of("left", "revoked")
                        .flatMap(verb -> pagedTrail.objects(verb + " organization_member").stream()))
                .as("exactly one membership has ended")
                .containsExactly(memberships.stream()
                        .filter(membership -> !membership.equals(kept))
                        .findFirst()
                        .orElseThrow());
        assertThat(concurrentRequests.won())
                .isNotEmpty()
                .allSatisfy(reply -> assertThat(reply.call())
                        .as("ending it again is no change")
                        .doesNotContain(kept));
        assertThat(concurrentRequests.lost())
                .allSatisfy(reply -> assertThat(reply.message())
                        .as(reply.toString())
                        .containsAnyOf("The last member", "User is not a member of the organization"));
    }

    /** All but one of the callers write with the tokens of somebody whom that one removes. */
    @RepeatedTest(ROUNDS)
    void nobodyWritesAfterTheOwnRemoval() {
        TestUser owner = client(0).newcomer().creator("starter");
        TestUser victim = owner.welcome(client(0).newcomer());
        String membership = victim.membership();
        TestUser.Token token = victim.token("USER");
        List<String> bearers = List.of(
                victim.session(), token.value(), victim.token("ORGANIZATION").value());
        AtomicLong removed = new AtomicLong(Long.MAX_VALUE);
        Queue<Reply> written = new ConcurrentLinkedQueue<>();

        ConcurrentRequests concurrentRequests = ConcurrentRequests.between(caller -> {
            Client client = client(caller);
            if (caller == 0) {
                Reply removal = owner.at(client.base()).remove(membership);
                removed.set(System.nanoTime());
                return removal;
            }
            Reply reply;
            boolean tooLate;
            do {
                tooLate = System.nanoTime() > removed.get();
                reply = client.as(bearers.get(caller % 3))
                        .patch(
                                "/v1/credentials/%s?update_mask=description".formatted(token.id()),
                                Map.of("description", Client.unusedName()));
                if (reply.isOk()) {
                    written.add(reply);
                }
            } while (reply.isOk() && !tooLate);
            return reply;
        });

        assertThat(concurrentRequests.winners())
                .as("the removal, and no write that began after its answer")
                .containsExactly(0);
        concurrentRequests.othersRefused(403, "", "User is not a member of the organization");
        PagedTrail pagedTrail = PagedTrail.ofOrganization(owner);
        assertThat(pagedTrail.of("updated credential"))
                .as("every write that was answered, once")
                .hasSameSizeAs(written);
        int end = pagedTrail.said().indexOf("revoked organization_member");
        assertThat(pagedTrail.said().subList(end + 1, pagedTrail.said().size()))
                .containsExactly("deactivated credential", "deactivated credential");
    }

    private Client client(int caller) {
        return pair.get(caller % serviceProcesses).client();
    }
}
