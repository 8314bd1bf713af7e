package io.guildhall.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A trail can be followed from any place in it, at any process; for as long as one belongs there (R17). */
@Tag("e2e")
class FollowingTest {

    private static final int INVITATIONS = 40;

    private final Client here = Processes.pair().get(0).client();
    private final Client there = Processes.pair().get(1).client();
    private final Person ada = here.newcomer().creator("scale");

    @Test
    void hasAllOfHistoryAndThenWhatComesWithoutGapOrRepeat() throws InterruptedException {
        int before = Trail.ofOrganization(ada).activities().size();
        List<Follower> followers = new ArrayList<>();
        for (int i = 0; i < INVITATIONS; i++) {
            ada.invite(Client.unusedEmail());
            if (i % 10 == 5) {
                followers.add(new Follower(ada.client(), ""));
                followers.add(new Follower(ada.at(there.base()).client(), "?after=1"));
            }
        }
        for (int i = 0; i < followers.size(); i++) {
            Follower follower = followers.get(i);
            long first = 1 + i % 2;
            long last = before + INVITATIONS;
            follower.awaitCount((int) (last + 1 - first));
            assertThat(follower.ids)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(first, last).boxed().toList());
        }
        assertThat(followers.getFirst().activities)
                .containsExactlyElementsOf(Trail.ofOrganization(ada).activities());
        followers.forEach(Follower::close);
    }

    @Test
    void goesOnAfterTheLastEventThatAReaderKnows() throws InterruptedException {
        ada.invite(Client.unusedEmail());
        int size = Trail.ofOrganization(ada).activities().size();
        try (Follower back = new Follower(ada.client(), "?after=0", "Last-Event-ID", Long.toString(size - 1));
                Follower latest = new Follower(ada.client(), "?after=latest");
                Follower some = new Follower(ada.client(), "?types=credential")) {
            back.awaitCount(1);
            Instant asked = Instant.now();
            ada.token("USER");
            latest.awaitCount(1);
            assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(10));
            some.awaitCount(1);
            back.awaitCount(2);

            assertThat(back.ids).containsExactly((long) size, size + 1L);
            assertThat(latest.ids).containsExactly(size + 1L);
            assertThat(some.ids).containsExactly(size + 1L);
        }
    }

    @Test
    void endsForWhoIsRemovedAndSendsNothingOfIt() throws InterruptedException {
        Person bob = ada.welcome(there.newcomer());
        Person.Token token = bob.token("ORGANIZATION");
        String membership = bob.membership();
        try (Follower session = new Follower(bob.client(), "?after=latest");
                Follower byToken = new Follower(bob.with(token.value()).client(), "?after=latest")) {
            ada.remove(membership).ok();
            for (Follower follower : List.of(session, byToken)) {
                follower.awaitEnd();
                assertThat(follower.closed).isTrue();
                assertThat(follower.ids).isEmpty();
                assertThat(follower.end).isEqualTo("User is not a member of the organization");
            }
        }
        assertThat(new Follower(bob.client(), "").status()).isEqualTo(403);
    }

    /** At the next heart-beat, since the organization's trail says nothing of it. */
    @Test
    void endsWithTheSession() throws InterruptedException {
        Person again = ada.in(ada.organization());
        try (Follower follower = new Follower(again.client(), "?after=latest")) {
            follower.awaitHeartBeat();
            assertThat(follower.comments).isNotEmpty();
            again.client().delete("/v1/account/logout").ok();
            follower.awaitEnd();
            assertThat(follower.end).isEqualTo("Invalid token");
        }
    }

    @Test
    void tellsAFollowerBeyondTheEndToStartOver() throws InterruptedException {
        assertThat(new Follower(ada.client(), "?after=1000000").status()).isEqualTo(400);
        try (Follower resuming = new Follower(ada.client(), "", "Last-Event-ID", "1000000")) {
            resuming.awaitEnd();
            assertThat(resuming.closed).isTrue();
            assertThat(resuming.resets).isEqualTo(1);
            assertThat(resuming.ids).isEmpty();
        }
    }

    @Test
    void refusesPlacesThatAreNone() {
        assertThat(new Follower(ada.client(), "?after=x").status()).isEqualTo(400);
        assertThat(new Follower(ada.client(), "", "Last-Event-ID", "x").status())
                .isEqualTo(400);
        assertThat(new Follower(ada.client().as("x"), "").status()).isEqualTo(401);
    }
}
