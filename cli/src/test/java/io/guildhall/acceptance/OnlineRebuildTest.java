package io.guildhall.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guildhall.cli.operator.DeadLettersCommand;
import io.guildhall.cli.operator.ProjectionsCommand;
import io.guildhall.cli.operator.RebuildCommand;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import picocli.CommandLine;

/** Rebuilds as operators see them. */
class OnlineRebuildTest extends AcceptanceTestBase {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Not when it was served, which the retries of failing receivers change. */
    private static final String FEEDS = "select webhook, organization, position from webhook_feeds order by webhook";

    @Autowired
    private MeterRegistry meters;

    private String begin(String... projections) {
        return operator.post("/operator/v1/rebuilds", Map.of("projections", List.of(projections)))
                .ok()
                .text("rebuild.id");
    }

    private String state() {
        return operator.get("/operator/v1/rebuilds/latest").ok().text("rebuild.state");
    }

    /** Nobody builds until it is closed: it has what only one can have. */
    private static Connection held() throws SQLException {
        Connection connection = DATABASE.dataSource().getConnection();
        connection.createStatement().execute("select pg_advisory_lock(" + 0x6775696c64686c6cL + ")");
        return connection;
    }

    @Test
    void canBeFollowedToTheirEnd() throws Exception {
        client.newcomer().creator("starter");
        List<String> lines = new ArrayList<>();
        String id;

        try (Connection held = held();
                HttpClient http = HttpClient.newHttpClient()) {
            id = begin("members");
            HttpResponse<Stream<String>> response = http.send(
                    HttpRequest.newBuilder(URI.create(operator.base() + "/operator/v1/rebuilds/" + id + "/stream"))
                            .header("Authorization", "Bearer " + OPERATOR_KEY)
                            .timeout(PATIENCE)
                            .build(),
                    HttpResponse.BodyHandlers.ofLines());
            assertThat(response.headers().firstValue("Content-Type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
            response.body().forEach(line -> {
                lines.add(line);
                if (line.equals("event: progress")) {
                    letGo(held);
                }
            });
        }

        assertThat(lines).contains("event: progress", "event: end");
        List<String> said =
                lines.stream().filter(line -> line.startsWith("data: ")).toList();
        assertThat(said.getFirst()).contains(id, "\"state\":\"BUILDING\"");
        assertThat(said.getLast()).contains(id, "\"state\":\"DONE\"", "\"events_per_second\":");
        operator.get("/operator/v1/rebuilds/" + UUID.randomUUID() + "/stream").refused(404);
    }

    private static void letGo(Connection held) {
        try {
            held.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void canBeCancelled() throws SQLException {
        try (Connection held = held()) {
            String id = begin();
            operator.post("/operator/v1/rebuilds", Map.of("projections", List.of("members")))
                    .refused(400);
            assertThat(operator.get("/operator/v1/projections").ok().texts("projections", "state"))
                    .containsOnly("REBUILDING");

            operator.post("/operator/v1/rebuilds/" + id + "/cancel").ok();

            assertThat(held.isClosed()).isFalse();
        }
        assertThat(state()).isEqualTo("CANCELLED");
        begin("members");
        await().atMost(PATIENCE).until(() -> state().equals("DONE"));
    }

    /** Mails and webhooks are no projections: what was sent is not sent again. */
    @Test
    void sendNothingAgain() {
        TestUser creator = client.newcomer().creator("starter");
        creator.welcome(client.newcomer());
        JdbcTemplate sql = new JdbcTemplate(DATABASE.dataSource());
        await().atMost(PATIENCE)
                .until(() ->
                        sql.queryForObject("select count(*) from mails where outcome is null", Integer.class) == 0);
        List<Map<String, Object>> mails = sql.queryForList("select id, outcome, done_at from mails order by id");
        List<Map<String, Object>> feeds = sql.queryForList(FEEDS);

        String said = run(new RebuildCommand(), "--all");

        assertThat(said).contains("DONE [##############################]", " events/s");
        assertThat(sql.queryForList("select id, outcome, done_at from mails order by id"))
                .isEqualTo(mails);
        assertThat(sql.queryForList(FEEDS)).isEqualTo(feeds);
    }

    @Test
    void areShownWithEveryProjection() {
        String said = run(new ProjectionsCommand());

        assertThat(said).contains("PROJECTION", "LAG EVENTS", "SECONDS", "EVENTS/S", "STATE", "DEAD LETTERS");
        assertThat(said.lines()).anyMatch(line -> line.matches("activities +1 +\\d+ +0 +0[.,]0 .*LIVE +0"));
        Reply projections = operator.get("/operator/v1/projections").ok();
        assertThat(projections.texts("projections", "lag_events")).containsOnly("0");
        for (String name : projections.texts("projections", "name")) {
            for (String meter : List.of("lag.events", "lag.seconds", "dead.letters", "rebuilding")) {
                assertThat(meters.get("guildhall.projections." + meter)
                                .tag("projection", name)
                                .gauge()
                                .value())
                        .as(name + " " + meter)
                        .isGreaterThanOrEqualTo(0);
            }
        }
        await().atMost(PATIENCE)
                .until(() ->
                        meters.get("guildhall.projections.position").gauge().value() > 0);
    }

    @Test
    void areNoMoreStrictThanWhatIsListedAsDead() {
        assertThat(run(new DeadLettersCommand(), "list")).contains("0 in all.");
        assertThat(run(new DeadLettersCommand(), "retry", "--projection", "members"))
                .contains("0 projected, 0 left.");
        operator.get("/operator/v1/dead_letters?projection=memberz").refused(400);
    }

    private String run(Object command, String... arguments) {
        StringWriter out = new StringWriter();
        int code = new CommandLine(command)
                .setOut(new PrintWriter(out, true))
                .execute(Stream.concat(
                                Stream.of(arguments),
                                Stream.of("--url", operator.base().toString(), "--key", OPERATOR_KEY))
                        .toArray(String[]::new));
        assertThat(code).as(out.toString()).isZero();
        return new String(out.toString().getBytes(UTF_8), UTF_8);
    }
}
