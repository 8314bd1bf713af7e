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
    private int processes;

    private final Processes pair = Processes.pair();

    @AfterAll
    static void keepsEveryRule() {
        Invariants.hold(Processes.pair().database());
    }

    /** Both leave and both remove the other, all at once. */
    @RepeatedTest(ROUNDS)
    void oneOfTheTwoLastMembersStays() {
        Person one = client(0).newcomer().creator("starter");
        Person other = one.welcome(client(0).newcomer());
        List<Person> both = List.of(one, other);
        List<String> memberships = List.of(one.membership(), other.membership());

        Race race = Race.between(
                caller -> both.get(caller % 2).at(client(caller / 4).base()).remove(memberships.get(caller / 2 % 2)));

        List<Person> stayed = both.stream()
                .filter(person ->
                        person.client().get("/v1/organization_members").isOk())
                .toList();
        assertThat(stayed).hasSize(1);
        Person last = stayed.getFirst();
        String kept = last.membership();
        Reply members = last.client().get("/v1/organization_members").ok();
        assertThat(members.texts("members", "user_id")).containsExactly(last.id());
        Trail trail = Trail.ofOrganization(last);
        assertThat(Stream.of("left", "revoked").flatMap(verb -> trail.objects(verb + " organization_member").stream()))
                .as("exactly one membership has ended")
                .containsExactly(memberships.stream()
                        .filter(membership -> !membership.equals(kept))
                        .findFirst()
                        .orElseThrow());
        assertThat(race.won())
                .isNotEmpty()
                .allSatisfy(reply -> assertThat(reply.call())
                        .as("ending it again is no change")
                        .doesNotContain(kept));
        assertThat(race.lost())
                .allSatisfy(reply -> assertThat(reply.message())
                        .as(reply.toString())
                        .containsAnyOf("The last member", "User is not a member of the organization"));
    }

    /** All but one of the callers write with the tokens of somebody whom that one removes. */
    @RepeatedTest(ROUNDS)
    void nobodyWritesAfterTheOwnRemoval() {
        Person owner = client(0).newcomer().creator("starter");
        Person victim = owner.welcome(client(0).newcomer());
        String membership = victim.membership();
        Person.Token token = victim.token("USER");
        List<String> bearers = List.of(
                victim.session(), token.value(), victim.token("ORGANIZATION").value());
        AtomicLong removed = new AtomicLong(Long.MAX_VALUE);
        Queue<Reply> written = new ConcurrentLinkedQueue<>();

        Race race = Race.between(caller -> {
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

        assertThat(race.winners())
                .as("the removal, and no write that began after its answer")
                .containsExactly(0);
        race.othersRefused(403, "", "User is not a member of the organization");
        Trail trail = Trail.ofOrganization(owner);
        assertThat(trail.of("updated credential"))
                .as("every write that was answered, once")
                .hasSameSizeAs(written);
        int end = trail.said().indexOf("revoked organization_member");
        assertThat(trail.said().subList(end + 1, trail.said().size()))
                .containsExactly("deactivated credential", "deactivated credential");
    }

    private Client client(int caller) {
        return pair.get(caller % processes).client();
    }
}
