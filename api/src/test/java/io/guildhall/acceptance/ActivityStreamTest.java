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
class ActivityStreamTest {

    private static final int INVITATIONS = 40;

    private final Client here = ServiceProcesses.pair().get(0).client();
    private final Client there = ServiceProcesses.pair().get(1).client();
    private final TestUser ada = here.newcomer().creator("scale");

    @Test
    void hasAllOfHistoryAndThenWhatComesWithoutGapOrRepeat() throws InterruptedException {
        int before = PagedTrail.ofOrganization(ada).activities().size();
        List<EventStreamClient> followers = new ArrayList<>();
        for (int i = 0; i < INVITATIONS; i++) {
            ada.invite(Client.unusedEmail());
            if (i % 10 == 5) {
                followers.add(new EventStreamClient(ada.client(), ""));
                followers.add(new EventStreamClient(ada.at(there.base()).client(), "?after=1"));
            }
        }
        for (int i = 0; i < followers.size(); i++) {
            EventStreamClient eventStreamClient = followers.get(i);
            long first = 1 + i % 2;
            long last = before + INVITATIONS;
            eventStreamClient.awaitCount((int) (last + 1 - first));
            assertThat(eventStreamClient.ids)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(first, last).boxed().toList());
        }
        assertThat(followers.getFirst().activities)
                .containsExactlyElementsOf(PagedTrail.ofOrganization(ada).activities());
        followers.forEach(EventStreamClient::close);
    }

    @Test
    void goesOnAfterTheLastEventThatAReaderKnows() throws InterruptedException {
        ada.invite(Client.unusedEmail());
        int size = PagedTrail.ofOrganization(ada).activities().size();
        try (EventStreamClient back =
                        new EventStreamClient(ada.client(), "?after=0", "Last-Event-ID", Long.toString(size - 1));
                EventStreamClient latest = new EventStreamClient(ada.client(), "?after=latest");
                EventStreamClient some = new EventStreamClient(ada.client(), "?types=credential")) {
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
        TestUser bob = ada.welcome(there.newcomer());
        TestUser.Token token = bob.token("ORGANIZATION");
        String membership = bob.membership();
        try (EventStreamClient session = new EventStreamClient(bob.client(), "?after=latest");
                EventStreamClient byToken =
                        new EventStreamClient(bob.with(token.value()).client(), "?after=latest")) {
            ada.remove(membership).ok();
            for (EventStreamClient eventStreamClient : List.of(session, byToken)) {
                eventStreamClient.awaitEnd();
                assertThat(eventStreamClient.closed).isTrue();
                assertThat(eventStreamClient.ids).isEmpty();
                assertThat(eventStreamClient.end).isEqualTo("User is not a member of the organization");
            }
        }
        assertThat(new EventStreamClient(bob.client(), "").status()).isEqualTo(403);
    }

    /** At the next heart-beat, since the organization's trail says nothing of it. */
    @Test
    void endsWithTheSession() throws InterruptedException {
        TestUser again = ada.in(ada.organization());
        try (EventStreamClient eventStreamClient = new EventStreamClient(again.client(), "?after=latest")) {
            eventStreamClient.awaitHeartBeat();
            assertThat(eventStreamClient.comments).isNotEmpty();
            again.client().delete("/v1/account/logout").ok();
            eventStreamClient.awaitEnd();
            assertThat(eventStreamClient.end).isEqualTo("Invalid token");
        }
    }

    @Test
    void tellsAFollowerBeyondTheEndToStartOver() throws InterruptedException {
        assertThat(new EventStreamClient(ada.client(), "?after=1000000").status())
                .isEqualTo(400);
        try (EventStreamClient resuming = new EventStreamClient(ada.client(), "", "Last-Event-ID", "1000000")) {
            resuming.awaitEnd();
            assertThat(resuming.closed).isTrue();
            assertThat(resuming.resets).isEqualTo(1);
            assertThat(resuming.ids).isEmpty();
        }
    }

    @Test
    void refusesPlacesThatAreNone() {
        assertThat(new EventStreamClient(ada.client(), "?after=x").status()).isEqualTo(400);
        assertThat(new EventStreamClient(ada.client(), "", "Last-Event-ID", "x").status())
                .isEqualTo(400);
        assertThat(new EventStreamClient(ada.client().as("x"), "").status()).isEqualTo(401);
    }
}
