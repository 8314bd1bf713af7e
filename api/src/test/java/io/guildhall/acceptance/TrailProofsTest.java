package io.guildhall.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.infrastructure.auditlog.Proofs;
import io.guildhall.infrastructure.auditlog.TrailEvent;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

/** A trail can be proven to be what it was, and what was done to it past the service is found and named. */
class TrailProofsTest extends AcceptanceTestBase {

    private final JdbcTemplate sql = new JdbcTemplate(DATABASE.dataSource());
    private TestUser ada;
    private String organization;
    private String key;

    @BeforeEach
    void found() throws SQLException {
        ada = client.newcomer().creator("scale");
        organization = ada.organization();
        key = client.get("/v1/activities/key").ok().body();
    }

    @Test
    void isSigned() throws Exception {
        SignedNote note = checkpoint();
        assertThat(note.origin()).endsWith("/organization/" + organization);
        assertThat(note.size()).isEqualTo(TrailActivity.trail(ada.client()).size());

        Reply json = ada.client()
                .get("/v1/activities/checkpoint", "Accept", "application/json")
                .ok();
        assertThat(json.text("note"))
                .isEqualTo(ada.client().get("/v1/activities/checkpoint").body());
        assertThat(json.text("root_hash")).isEqualTo(base64(note.root()));
        assertThat(json.at("size").longValue()).isEqualTo(note.size());
        assertThat(json.text("origin")).isEqualTo(note.origin());
    }

    @Test
    void provesEachActivity() throws Exception {
        ada.token("USER");
        SignedNote now = checkpoint();
        Reply trail = ada.client().get("/v1/activities?limit=100&order=asc").ok();
        for (JsonNode activity : trail.at("activities")) {
            Reply proof = proof(activity.get("id").stringValue(), "");
            assertThat(proof.at("sequence").longValue())
                    .isEqualTo(activity.get("sequence").longValue());
            assertThat(proof.text("event.id")).isEqualTo(activity.get("id").stringValue());
            byte[] leaf = TrailEvent.leafHash(proof.at("event").toString());
            assertThat(proof.text("leaf_hash")).isEqualTo(base64(leaf));
            assertThat(SignedNote.of(proof.text("checkpoint"), key).root()).isEqualTo(now.root());
            assertThat(proof.at("leaf_index").longValue())
                    .isEqualTo(proof.at("sequence").longValue() - 1);
            assertThat(Proofs.includes(leaf, proof.at("leaf_index").longValue(), now.size(), hashes(proof), now.root()))
                    .isTrue();
        }
    }

    @Test
    void provesThatWhatWasSignedIsTheBeginningOfWhatIsSignedLater() throws Exception {
        SignedNote before = checkpoint();
        Reply first = ada.client().get("/v1/activities?limit=1&order=asc").ok();
        for (int i = 0; i < 5; i++) {
            ada.invite(Client.unusedEmail());
            SignedNote after = checkpoint();
            assertThat(after.size()).isEqualTo(before.size() + 1 + i);
            Reply proof = ada.client()
                    .get("/v1/activities/consistency?from=%d&to=%d".formatted(before.size(), after.size()))
                    .ok();
            assertThat(Proofs.extend(before.size(), after.size(), hashes(proof), before.root(), after.root()))
                    .isTrue();
        }
        // Who has an old checkpoint can have a proof for that.
        Reply old = proof(first.text("activities.0.id"), "?size=" + before.size());
        assertThat(Proofs.includes(
                        Base64.getDecoder().decode(old.text("leaf_hash")),
                        0,
                        before.size(),
                        hashes(old),
                        before.root()))
                .isTrue();
    }

    /** R20: a proof is about what is stored, where the person is sealed. */
    @Test
    void goesOnProvingAfterSomebodyIsErased() throws Exception {
        TestUser bob = ada.welcome(client.newcomer());
        SignedNote before = checkpoint();
        Reply joined = ada.client()
                .get("/v1/activities?types=organization_member&limit=1")
                .ok();
        Reply proof = proof(joined.text("activities.0.id"), "?size=" + before.size());
        assertThat(proof.body()).doesNotContain(bob.email()).doesNotContain(bob.name());
        operator.post("/operator/v1/users/" + bob.id() + "/erase").ok();

        assertThat(proof(joined.text("activities.0.id"), "?size=" + before.size())
                        .body())
                .isEqualTo(proof.body());
        SignedNote after = checkpoint();
        assertThat(Proofs.extend(
                        before.size(),
                        after.size(),
                        hashes(ada.client()
                                .get("/v1/activities/consistency?from=" + before.size())
                                .ok()),
                        before.root(),
                        after.root()))
                .isTrue();
        assertThat(check().at("holds").booleanValue()).isTrue();
    }

    @Test
    void hasTheSameRootAfterARebuild() throws Exception {
        SignedNote before = checkpoint();
        operator.post("/operator/v1/rebuilds", Map.of("projections", List.of("activities")))
                .ok();
        Instant giveUp = Instant.now().plus(Duration.ofSeconds(60));
        while (!operator.get("/operator/v1/rebuilds/latest")
                .text("rebuild.state")
                .equals("DONE")) {
            assertThat(Instant.now()).isBefore(giveUp);
            LockSupport.parkNanos(50_000_000);
        }
        assertThat(checkpoint().root()).isEqualTo(before.root());
    }

    @Test
    void refusesSizesThatThereAreNot() {
        Reply first = ada.client().get("/v1/activities?limit=1").ok();
        String id = first.text("activities.0.id");
        for (String size : List.of("0", "-1", "x", "1", "1000000", "99999999999999999999")) {
            Reply refused = ada.client().get("/v1/activities/" + id + "/proof?size=" + size);
            assertThat(refused.refused(400).fields()).containsExactly("size");
        }
        for (String query : List.of("", "?from=x", "?from=3&to=2", "?from=1000000")) {
            Reply refused = ada.client().get("/v1/activities/consistency" + query);
            assertThat(refused.refused(400).fields()).containsExactly("from");
        }
        for (String to : List.of("x", "1000000", "-1")) {
            Reply refused = ada.client().get("/v1/activities/consistency?from=1&to=" + to);
            assertThat(refused.refused(400).fields()).containsExactly("to");
        }
    }

    @Test
    void namesAnEventOfWhichOneByteWasChanged() throws Exception {
        AxonServer.assumeEventsInPostgres();
        ada.token("USER");
        SignedNote before = checkpoint();
        Map<String, Object> event = sql.queryForMap(
                "select position, trail_sequence, payload, metadata from events where trail = ?::uuid"
                        + " order by trail_sequence desc limit 1",
                organization);
        for (String column : List.of("payload", "metadata")) {
            String text = (String) event.get(column);
            for (int i = 0; i < text.length(); i++) {
                String changed = text.substring(0, i) + (char) (text.charAt(i) + 1) + text.substring(i + 1);
                change(column, event, changed);
                Reply found = check();
                assertThat(found.at("findings").size())
                        .as("%s: %s", changed, found.body())
                        .isEqualTo(1);
                assertThat(found.at("findings.0.sequence").longValue()).isEqualTo(event.get("trail_sequence"));
            }
            change(column, event, text);
        }
        for (String change : List.of(
                "event_id = gen_random_uuid()",
                "occurred_at = occurred_at + interval '1 microsecond'",
                "stream_type = 'organization'",
                "stream = gen_random_uuid()::text",
                "sequence = sequence + 1",
                "event_type = event_type || '2'",
                "event_version = '2'")) {
            Map<String, Object> was = sql.queryForMap("select * from events where position = ?", event.get("position"));
            sql.update("update events set " + change + " where position = ?", event.get("position"));
            assertThat(check().at("findings.0.sequence").longValue()).as(change).isEqualTo(event.get("trail_sequence"));
            sql.update(
                    "update events set event_id = ?, occurred_at = ?, stream_type = ?, stream = ?, sequence = ?, event_type = ?,"
                            + " event_version = ? where position = ?",
                    was.get("event_id"),
                    was.get("occurred_at"),
                    was.get("stream_type"),
                    was.get("stream"),
                    was.get("sequence"),
                    was.get("event_type"),
                    was.get("event_version"),
                    was.get("position"));
        }
        assertThat(check().at("holds").booleanValue()).isTrue();
        assertThat(checkpoint().root()).isEqualTo(before.root());
    }

    @Test
    void namesEventsThatWereRemovedSwappedOrCutOffAndSignsNothingThen() throws Exception {
        AxonServer.assumeEventsInPostgres();
        for (int i = 0; i < 4; i++) {
            ada.invite(Client.unusedEmail());
        }
        long size = checkpoint().size();
        sql.execute("create table aside as select * from events where false");

        takeAside("trail_sequence = 2");
        assertThat(sequences(check())).containsExactly(2L);
        putBack();

        swap(1, 3);
        assertThat(sequences(check())).containsExactly(1L, 3L);
        swap(1, 3);

        takeAside("trail_sequence >= " + (size - 1));
        assertThat(sequences(check())).containsExactly(size - 1, size);
        Reply refused = ada.client().get("/v1/activities/checkpoint").refused(500);
        assertThat(refused.message()).contains("nothing is signed", "Activity " + (size - 1) + " is missing.");
        assertThat(client.get("/actuator/health").refused(503).text("status")).isEqualTo("DOWN");
        putBack();

        assertThat(check().at("holds").booleanValue()).isTrue();
        client.get("/actuator/health").ok();
        assertThat(checkpoint().size()).isEqualTo(size);
        sql.execute("drop table aside");
    }

    private void swap(long one, long other) {
        renumber(one, -1);
        renumber(other, one);
        renumber(-1, other);
    }

    private void renumber(long from, long to) {
        sql.update(
                "update events set trail_sequence = ? where trail = ?::uuid and trail_sequence = ?",
                to,
                organization,
                from);
    }

    private void takeAside(String which) {
        sql.update("insert into aside select * from events where trail = ?::uuid and " + which, organization);
        sql.update("delete from events where trail = ?::uuid and " + which, organization);
    }

    private void putBack() {
        sql.update("insert into events overriding system value select * from aside");
        sql.update("delete from aside");
    }

    private void change(String column, Map<String, Object> event, String text) {
        sql.update("update events set " + column + " = ? where position = ?", text, event.get("position"));
    }

    private SignedNote checkpoint() throws Exception {
        return SignedNote.of(ada.client().get("/v1/activities/checkpoint").ok().body(), key);
    }

    private Reply proof(String activity, String query) {
        return ada.client().get("/v1/activities/" + activity + "/proof" + query).ok();
    }

    private Reply check() {
        return operator.post("/operator/v1/organizations/" + organization + "/check_trail")
                .ok();
    }

    private static List<Long> sequences(Reply check) {
        return check.at("findings")
                .valueStream()
                .map(finding -> finding.get("sequence").longValue())
                .toList();
    }

    private static List<byte[]> hashes(Reply proof) {
        return proof.at("hashes")
                .valueStream()
                .map(hash -> Base64.getDecoder().decode(hash.stringValue()))
                .toList();
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
