package io.guildhall.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

/** An organization chooses for how long its activities are shown. */
class ActivityRetentionTest extends AcceptanceTestBase {

    private final JdbcTemplate sql = new JdbcTemplate(DATABASE.dataSource());
    private TestUser ada;
    private TestUser bob;

    /** Two organizations whose activities were 40 days ago. */
    @BeforeEach
    void live() {
        ada = client.newcomer().creator("scale");
        bob = client.newcomer().creator("scale");
        for (TestUser each : List.of(ada, bob)) {
            assertThat(sql.update(
                            "update activities set occurred_at = occurred_at - interval '40 days' where trail = cast(? as uuid)",
                            each.organization()))
                    .isPositive();
        }
    }

    private Reply choose(Object days) {
        Map<String, Object> wish = new HashMap<>();
        wish.put("days", days);
        return ada.client().put(path(), wish);
    }

    private String path() {
        return "/v1/organizations/" + ada.organization() + "/activity_retention";
    }

    private long shown(TestUser testUser) {
        return PagedTrail.ofOrganization(testUser).activities().size();
    }

    @Test
    void hidesAtOnceWhatIsOlderEverywhereAndInNoOtherTrail() {
        long before = shown(ada);
        long bobs = shown(bob);
        assertThat(before).isGreaterThan(1);

        Reply reply = choose(30).ok();

        assertThat(reply.at("activity_retention.days").intValue()).isEqualTo(30);
        assertThat(reply.at("activity_retention.plan_days").isMissingNode()).isTrue();
        assertThat(reply.at("activity_retention.shown_days").intValue()).isEqualTo(30);
        assertThat(ada.client().get(path()).ok().json()).isEqualTo(reply.json());
        assertThat(PagedTrail.ofOrganization(ada).activities())
                .extracting(it -> it.at("/metadata/event").stringValue())
                .containsExactly("activity_retention_updated");
        assertThat(ada.client()
                        .get("/v1/activities?q=organization&order=asc")
                        .ok()
                        .at("activities"))
                .hasSize(1);
        assertThat(ada.client().get("/v1/activities/export").ok().body().lines())
                .hasSize(2);
        assertThat(shown(bob)).isEqualTo(bobs);

        choose(null).ok();
        assertThat(shown(ada)).isEqualTo(before + 2);
    }

    @Test
    void followingBeginsWithWhatIsShown() throws Exception {
        choose(30).ok();
        long first = PagedTrail.ofOrganization(ada)
                .activities()
                .getFirst()
                .at("/sequence")
                .longValue();

        try (var eventStreamClient = new EventStreamClient(ada.client(), "");
                var returning = new EventStreamClient(ada.client(), "", "Last-Event-ID", "0")) {
            eventStreamClient.awaitCount(1);
            returning.awaitCount(1);
            ada.token("USER");
            eventStreamClient.awaitCount(2);
            returning.awaitCount(2);

            assertThat(first).isPositive();
            assertThat(eventStreamClient.ids).containsExactly(first, first + 1);
            assertThat(returning.ids).containsExactly(first, first + 1);
        }
    }

    /** Proofs are of the events, which stay. */
    @Test
    void proofsHoldWhenWhatIsHiddenHasGone() {
        String hidden = PagedTrail.ofOrganization(ada)
                .of("joined organization_member")
                .getFirst()
                .at("/id")
                .stringValue();
        choose(30).ok();
        String shown =
                PagedTrail.ofOrganization(ada).activities().getFirst().at("/id").stringValue();
        JsonNode checkpoint = checkpoint();
        JsonNode proof = proof(shown, checkpoint);
        JsonNode proofOfHidden = proof(hidden, checkpoint);

        // What an organization was called stays.
        assertThat(sql.update(
                        "delete from activities where trail = cast(? as uuid) and occurred_at < now() - interval '30 days' and verb <> 'created'",
                        ada.organization()))
                .isPositive();
        // And nothing is known any more of what was hashed before.
        sql.update("delete from trail_tiles where trail = cast(? as uuid)", ada.organization());
        sql.update("delete from trail_logs where trail = cast(? as uuid)", ada.organization());

        assertThat(proof(shown, checkpoint)).isEqualTo(proof);
        assertThat(proof(hidden, checkpoint)).isEqualTo(proofOfHidden);
        assertThat(checkpoint()).isEqualTo(checkpoint);
    }

    private JsonNode checkpoint() {
        return ada.client()
                .get("/v1/activities/checkpoint", "Accept", "application/json")
                .ok()
                .json();
    }

    private JsonNode proof(String activity, JsonNode checkpoint) {
        return ada.client()
                .get("/v1/activities/" + activity + "/proof?size="
                        + checkpoint.at("/size").asString())
                .ok()
                .json();
    }

    @Test
    void refusesWhatIsNoNumberOfDays() {
        for (Object days : List.of(0, -1, 36_501, 1.5, "many")) {
            assertThat(choose(days).refused(400).fields()).as("%s", days).containsExactly("days");
        }
    }
}
