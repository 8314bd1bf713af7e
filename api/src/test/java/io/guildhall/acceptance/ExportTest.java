package io.guildhall.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A trail leaves the service whole, in formats that others read. */
class ExportTest extends AcceptanceTestBase {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String EXPORT = "/v1/activities/export?format=";

    private final JdbcTemplate sql = new JdbcTemplate(DATABASE.dataSource());
    private TestUser ada;
    private TestUser bob;

    /** With something of every kind. */
    @BeforeEach
    void live() {
        ada = client.newcomer().creator("scale");
        bob = ada.welcome(client.newcomer());
        TestUser.Token token = bob.token("ORGANIZATION");
        client.as(token.value())
                .post("/v1/organization_invitations", Map.of("email", Client.unusedEmail()))
                .ok();
        ada.client()
                .delete("/v1/organization_invitations/" + ada.invite(Client.unusedEmail()))
                .ok();
        ada.client()
                .post(
                        "/v1/credentials",
                        Map.of("name", "=1+1,\"x\"", "type", "USER", "organization_id", ada.organization()))
                .ok();
        operator.post("/operator/v1/organizations/" + ada.organization() + "/lock", Map.of("reason", "x"))
                .ok();
        operator.post("/operator/v1/organizations/" + ada.organization() + "/unlock")
                .ok();
        ada.remove(bob.membership()).ok();
    }

    @Test
    void saysTheSameAsASearchAndEndsWithCountAndCheckpoint() throws Exception {
        List<JsonNode> lines = lines(export("ndjson"));
        List<JsonNode> pagedTrail = PagedTrail.ofOrganization(ada).activities();
        assertThat(lines.subList(0, lines.size() - 1).stream().map(line -> line.get("activity")))
                .containsExactlyElementsOf(pagedTrail);
        JsonNode trailer = lines.getLast().get("trailer");
        assertThat(trailer.get("count").intValue()).isEqualTo(pagedTrail.size());
        assertThat(trailer.get("filtered").booleanValue()).isFalse();
        SignedNote signed = SignedNote.of(
                trailer.get("checkpoint").stringValue(),
                client.get("/v1/activities/key").body());
        assertThat(signed.size()).isEqualTo(pagedTrail.size());
    }

    @Test
    void findsWhatASearchFinds() {
        for (String search : List.of(
                "types=credential",
                "verb=created&verb=deleted",
                "actor=" + ada.id(),
                "actor=operator",
                "actor=" + bob.email(),
                "q=-type:credential",
                "q=locked",
                "q=nobody",
                "q=created:2020-01-01..2020-01-02",
                "since=2020-01-01")) {
            List<JsonNode> lines = lines(export("ndjson&" + search));
            Reply found = ada.client()
                    .get("/v1/activities?order=asc&limit=100&" + search)
                    .ok();
            assertThat(lines.subList(0, lines.size() - 1).stream().map(line -> line.get("activity")))
                    .as(search)
                    .containsExactlyElementsOf(found.at("activities"));
            JsonNode trailer = lines.getLast().get("trailer");
            assertThat(trailer.get("count").intValue()).isEqualTo(lines.size() - 1);
            assertThat(trailer.get("filtered").booleanValue()).isTrue();
        }
    }

    @Test
    void goesOnAfterALineThatAReaderHas() {
        for (String format : List.of("ndjson", "csv", "cloudevents", "ocsf")) {
            List<String> all = export(format).body().lines().toList();
            int header = format.equals("csv") ? 1 : 0;
            List<String> rest = export(format + "&after=3").body().lines().toList();
            assertThat(rest.subList(0, rest.size() - 1))
                    .as(format)
                    .containsExactlyElementsOf(all.subList(3 + header, all.size() - 1));
            assertThat(ada.client()
                            .get(EXPORT + format + "&after=1000000")
                            .refused(400)
                            .fields())
                    .containsExactly("after");
        }
    }

    @Test
    void isCompressedForWhoTakesThat() throws Exception {
        for (String accepted : List.of("gzip", "deflate, gzip;q=0.5", "GZIP ; q=1")) {
            HttpResponse<byte[]> compressed = HttpClient.newHttpClient()
                    .send(request("ndjson").header("Accept-Encoding", accepted).build(), BodyHandlers.ofByteArray());
            assertThat(compressed.headers().firstValue("Content-Encoding")).hasValue("gzip");
            assertThat(new String(
                            new GZIPInputStream(new ByteArrayInputStream(compressed.body())).readAllBytes(), UTF_8))
                    .isEqualTo(export("ndjson").body());
        }
        for (String accepted : List.of("identity", "gzip;q=0", "x-gzip-not")) {
            HttpResponse<String> plain = HttpClient.newHttpClient()
                    .send(request("ndjson").header("Accept-Encoding", accepted).build(), BodyHandlers.ofString());
            assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
            assertThat(plain.body()).isEqualTo(export("ndjson").body());
        }
    }

    /** RFC 4180; what a spreadsheet would compute is text. */
    @Test
    void isATableWhoseCellsAreNoFormulas() {
        Reply reply = export("csv");
        assertThat(reply.header("Content-Type").orElseThrow()).startsWith("text/csv");
        assertThat(reply.header("Content-Disposition").orElseThrow()).endsWith(".csv\"");
        List<List<String>> rows = Rows.of(reply.body());
        List<JsonNode> pagedTrail = PagedTrail.ofOrganization(ada).activities();
        assertThat(rows)
                .hasSize(pagedTrail.size() + 2)
                .allSatisfy(row -> assertThat(row)
                        .hasSameSizeAs(rows.getFirst())
                        .noneMatch(cell -> cell.matches("(?s)[=+@\t\r-].*")));
        for (int i = 0; i < pagedTrail.size(); i++) {
            JsonNode activity = pagedTrail.get(i);
            String name = activity.at("/object/name").stringValue();
            assertThat(rows.get(i + 1).subList(0, 12))
                    .containsExactly(
                            Integer.toString(i + 1),
                            activity.at("/id").stringValue(),
                            activity.at("/created_at").stringValue(),
                            activity.at("/actor/type").stringValue(),
                            activity.at("/actor/id").stringValue(),
                            activity.at("/actor/name").stringValue(),
                            activity.at("/event").stringValue(),
                            activity.at("/verb").stringValue(),
                            activity.at("/object/type").stringValue(),
                            activity.at("/object/id").stringValue(),
                            name.startsWith("=") ? "'" + name : name,
                            activity.at("/object/deleted").asString());
        }
        assertThat(rows.stream().map(row -> row.get(10))).contains("'=1+1,\"x\"");
        List<String> last = rows.getLast();
        assertThat(last.getFirst()).isEmpty();
        assertThat(last.get(7)).isEqualTo("exported");
        assertThat(JSON.readTree(last.getLast()).get("count").intValue()).isEqualTo(pagedTrail.size());
    }

    @Test
    void isCloudEvents() {
        List<JsonNode> lines = lines(export("cloudevents"));
        List<JsonNode> pagedTrail = PagedTrail.ofOrganization(ada).activities();
        for (int i = 0; i < pagedTrail.size(); i++) {
            JsonNode event = lines.get(i);
            assertThat(event.get("specversion").stringValue()).isEqualTo("1.0");
            assertThat(event.get("id")).isEqualTo(pagedTrail.get(i).get("id"));
            assertThat(event.get("source").stringValue()).endsWith("/v1/organizations/" + ada.organization());
            assertThat(event.get("type").stringValue()).matches("io\\.guildhall\\.[a-z_]+\\.[a-z]+");
            assertThat(event.get("time")).isEqualTo(pagedTrail.get(i).get("created_at"));
            assertThat(event.get("data")).isEqualTo(pagedTrail.get(i));
        }
        assertThat(lines.getLast().get("type").stringValue()).isEqualTo("io.guildhall.trail.checkpoint");
        assertThat(lines.getLast().at("/data/count").intValue()).isEqualTo(pagedTrail.size());
    }

    /** What the classes of OCSF require, and that numbers agree with each other. */
    @Test
    void isOcsf() {
        List<JsonNode> lines = lines(export("ocsf"));
        Set<String> types = new HashSet<>();
        for (JsonNode event : lines) {
            for (String required :
                    List.of("category_uid", "class_uid", "activity_id", "type_uid", "time", "severity_id")) {
                assertThat(event.get(required).isIntegralNumber()).as(required).isTrue();
            }
            assertThat(event.at("/metadata/version").stringValue()).isEqualTo("1.3.0");
            assertThat(event.at("/metadata/product/name").stringValue()).isNotEmpty();
            int type = event.get("class_uid").intValue();
            assertThat(event.get("type_uid").intValue())
                    .isEqualTo(type * 100 + event.get("activity_id").intValue());
            assertThat(event.get("category_uid").intValue()).isEqualTo(type / 1000);
            if (type == 3006) {
                assertThat(event.at("/group/uid").stringValue()).isEqualTo(ada.organization());
                assertThat(event.at("/user/uid").stringValue()).isIn(ada.id(), bob.id());
            } else if (type == 3004) {
                assertThat(event.at("/entity/uid").stringValue()).isNotEmpty();
            }
            if (type != 0) {
                assertThat(event.at("/actor/user/uid").stringValue()).isNotEmpty();
                types.add(event.get("type_name").stringValue());
            }
        }
        assertThat(types)
                .contains(
                        "Entity Management: Create",
                        "Entity Management: Delete",
                        "Entity Management: Suspend",
                        "Entity Management: Resume",
                        "Group Management: Add User",
                        "Group Management: Remove User");
        assertThat(lines.getLast().at("/unmapped/count").intValue()).isEqualTo(lines.size() - 1);
    }

    @Test
    void refusesFormatsAndPlacesThatThereAreNot() {
        assertThat(ada.client().get(EXPORT + "xml").refused(400).fields()).containsExactly("format");
        for (String after : List.of("x", "-1", "99999999999999999999")) {
            assertThat(ada.client()
                            .get(EXPORT + "csv&after=" + after)
                            .refused(400)
                            .fields())
                    .containsExactly("after");
        }
        assertThat(ada.client().get(EXPORT + "csv&q=verb:").refused(400).fields())
                .containsExactly("q");
        assertThat(bob.client().get(EXPORT + "csv").refused(403).message())
                .isEqualTo("User is not a member of the organization");
    }

    /** R17: of what a removed person reads, no page is sent that was not on its way. */
    @Test
    void breaksOffForWhoIsRemoved() throws Exception {
        TestUser eve = ada.welcome(client.newcomer());
        String membership = eve.membership();
        lengthen(60_000);
        HttpResponse<Stream<String>> reading = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(client.base().resolve(EXPORT + "ndjson"))
                                .header("Authorization", "Bearer " + eve.session())
                                .build(),
                        BodyHandlers.ofLines());
        assertThat(reading.statusCode()).isEqualTo(200);
        try (Stream<String> lines = reading.body()) {
            var rest = lines.iterator();
            assertThat(rest.next()).contains("\"sequence\":1");
            ada.remove(membership).ok();
            String last = "";
            int count = 1;
            while (rest.hasNext()) {
                last = rest.next();
                count++;
            }
            assertThat(count).isLessThan(60_000);
            assertThat(JSON.readTree(last).at("/broken_off/reason").stringValue())
                    .isEqualTo("User is not a member of the organization");
        }
    }

    /** Two by default, for all sessions and personal tokens of a person together. */
    @Test
    void sendsACallerNoMoreThanAFewAtATime() throws Exception {
        lengthen(60_000);
        try (InputStream one = begun();
                InputStream two = begun()) {
            Reply third = ada.client().get(EXPORT + "csv");
            assertThat(third.status()).isEqualTo(429);
            assertThat(third.headers().firstValue("Retry-After")).hasValue("10");
            client.as(ada.token("USER").value()).get(EXPORT + "csv").refused(429);
            client.as(ada.token("ORGANIZATION").value())
                    .get(EXPORT + "csv&after=59000")
                    .ok();
            assertThat(one.readAllBytes()).isNotEmpty();
            // The other one is closed unread: the server cuts off who takes nothing for 10 s.
        }
        await().until(() -> ada.client().get(EXPORT + "csv&after=59000").status() == 200);
    }

    /** Eight by default. */
    @Test
    void sendsNoMoreThanSomeAtATimeToAllTogether() throws Exception {
        lengthen(60_000);
        List<InputStream> all = new ArrayList<>();
        try {
            for (String bearer : List.of(
                    ada.session(),
                    ada.token("ORGANIZATION").value(),
                    ada.welcome(client.newcomer()).session(),
                    ada.welcome(client.newcomer()).session())) {
                all.add(begun(bearer));
                all.add(begun(bearer));
            }
            Reply ninth = ada.welcome(client.newcomer()).client().get(EXPORT + "csv");
            assertThat(ninth.status()).isEqualTo(503);
            assertThat(ninth.headers().firstValue("Retry-After")).hasValue("10");
        } finally {
            for (InputStream each : all) {
                each.close();
            }
        }
        await().until(() -> ada.client().get(EXPORT + "csv&after=59000").status() == 200);
    }

    private InputStream begun() throws Exception {
        return begun(ada.session());
    }

    private InputStream begun(String bearer) throws Exception {
        HttpResponse<InputStream> reply = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(client.base().resolve(EXPORT + "ndjson"))
                                .header("Authorization", "Bearer " + bearer)
                                .build(),
                        BodyHandlers.ofInputStream());
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.body().read()).isEqualTo('{');
        return reply.body();
    }

    /** Past the service, with what a resent invitation leaves behind. */
    private void lengthen(int count) {
        AxonServer.assumeEventsInPostgres();
        sql.update("""
                insert into events (
                    event_id, stream, sequence, stream_type, event_type, payload, metadata, occurred_at, trail, trail_sequence)
                select gen_random_uuid(), stream, sequence + n, stream_type, event_type, payload, metadata, occurred_at, trail,
                       trail_sequence + n
                from (select * from events where stream = ? order by sequence desc limit 1) last, generate_series(1, ?) n
                """, ada.organization(), count);
        sql.update("update trails set last = last + ? where trail = cast(? as uuid)", count, ada.organization());
        sql.update("""
                insert into activities (trail, sequence, event, occurred_at, actor_type, actor, event_type, verb, object_type, object, metadata)
                select a.trail, e.trail_sequence, e.event_id, e.occurred_at, a.actor_type, a.actor, a.event_type, a.verb, a.object_type, a.object, a.metadata
                from (select * from activities where trail = cast(? as uuid) order by sequence desc limit 1) a
                join events e on e.trail = a.trail and e.trail_sequence > a.sequence
                """, ada.organization());
    }

    private Reply export(String format) {
        return ada.client().get(EXPORT + format).ok();
    }

    private HttpRequest.Builder request(String format) {
        return HttpRequest.newBuilder(client.base().resolve(EXPORT + format))
                .header("Authorization", "Bearer " + ada.session());
    }

    private static List<JsonNode> lines(Reply reply) {
        return reply.body().lines().map(JSON::readTree).toList();
    }

    /** Reads RFC 4180, and fails where it is none. */
    private static final class Rows {

        static List<List<String>> of(String text) {
            List<List<String>> rows = new ArrayList<>();
            List<String> row = new ArrayList<>();
            var cell = new StringBuilder();
            boolean quoted = false;
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (quoted && c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                    cell.append('"');
                    i++;
                } else if (c == '"') {
                    quoted = !quoted;
                } else if (!quoted && c == ',') {
                    row.add(cell.toString());
                    cell.setLength(0);
                } else if (!quoted && c == '\r') {
                    assertThat(text.charAt(++i)).isEqualTo('\n');
                    row.add(cell.toString());
                    cell.setLength(0);
                    rows.add(List.copyOf(row));
                    row.clear();
                } else {
                    cell.append(c);
                }
            }
            assertThat(row).isEmpty();
            return rows;
        }
    }
}
