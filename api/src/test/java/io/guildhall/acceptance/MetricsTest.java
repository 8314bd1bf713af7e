package io.guildhall.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the service measures of itself, and that its description and its dashboard know nothing else and all of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MetricsTest extends AcceptanceTestBase {

    private static final Path ROOT = root();

    private static final Pattern ROW = Pattern.compile("\\| `(guildhall\\.[a-z.]+)` \\| (\\w+) \\| ([a-z_, ]*)\\|.*");

    /** Of PromQL, all words that are no metric's. */
    private static final Set<String> FUNCTIONS = Set.of(
            "sum",
            "max",
            "min",
            "rate",
            "increase",
            "topk",
            "by",
            "histogram_quantile",
            "label_values",
            "clamp_min",
            "vector",
            "or");

    private final MeterRegistry meters;

    MetricsTest(@Autowired MeterRegistry meters) {
        this.meters = meters;
    }

    /** A start in the root of the repository, or in that of the module. */
    private static Path root() {
        Path here = Path.of("").toAbsolutePath();
        return Files.exists(here.resolve("docs")) ? here : here.getParent();
    }

    @BeforeAll
    void somethingOfEverything() {
        TestUser creator = client.newcomer().creator("hobby");
        creator.client()
                .post("/v1/organization_invitations", Map.of("email", Client.unusedEmail()))
                .refused(400);
    }

    @Test
    void countCommandsByTypeAndOutcome() {
        double done = read("guildhall_commands_seconds_count", "type=\"InviteMember\"", "outcome=\"done\"");
        double refused = read(
                "guildhall_commands_seconds_count",
                "type=\"InviteMember\"",
                "outcome=\"refused\"",
                "refusal=\"seats-exhausted\"");
        double seats = read("guildhall_seats_refused_total", "plan=\"hobby\"");
        double appends = read("guildhall_append_seconds_count");
        double slow = read("guildhall_append_seconds_bucket", "le=\"+Inf\"");

        TestUser creator = client.newcomer().creator("hobby");
        creator.client()
                .post("/v1/organization_invitations", Map.of("email", Client.unusedEmail()))
                .refused(400);
        client.newcomer().creator("starter").invite(Client.unusedEmail());

        assertThat(read("guildhall_commands_seconds_count", "type=\"InviteMember\"", "outcome=\"done\""))
                .isEqualTo(done + 1);
        assertThat(read("guildhall_commands_seconds_count", "type=\"InviteMember\"", "refusal=\"seats-exhausted\""))
                .isEqualTo(refused + 1);
        assertThat(read("guildhall_seats_refused_total", "plan=\"hobby\"")).isEqualTo(seats + 1);
        assertThat(read("guildhall_append_seconds_count")).isGreaterThanOrEqualTo(appends + 4);
        assertThat(read("guildhall_append_seconds_bucket", "le=\"+Inf\"")).isGreaterThan(slow);
    }

    /**
     * API tokens stop working with the membership of their maker (R17); the value of an API token is shown once, and
     * only its hash is stored (R18).
     */
    @Test
    void countTokenChecksByKindAndOutcome() {
        TestUser creator = client.newcomer().creator("starter");
        TestUser guest = creator.welcome(client.newcomer());
        TestUser.Token token = guest.token("USER");
        Map<String, Double> before = checks();

        client.as(token.value()).get("/v1/account/organization").ok();
        client.as("garbage").get("/v1/account/organization").refused(401);
        creator.remove(guest.membership()).ok();
        client.as(token.value()).get("/v1/account/organization").refused(403);

        Map<String, Double> after = checks();
        assertThat(after.get("api accepted")).isEqualTo(before.get("api accepted") + 1);
        assertThat(after.get("none malformed")).isEqualTo(before.get("none malformed") + 1);
        assertThat(after.get("api deactivated")).isEqualTo(before.get("api deactivated") + 1);
        assertThat(after.get("session accepted")).isGreaterThan(before.get("session accepted"));
    }

    private Map<String, Double> checks() {
        Map<String, Double> found = new TreeMap<>();
        for (String each : List.of("api accepted", "none malformed", "api deactivated", "session accepted")) {
            String[] words = each.split(" ");
            found.put(
                    each,
                    read(
                            "guildhall_token_checks_total",
                            "kind=\"%s\"".formatted(words[0]),
                            "outcome=\"%s\"".formatted(words[1])));
        }
        return found;
    }

    /** Nobody's id is a route, and whoever asks for what is not there makes no new ones. */
    @Test
    void timeRequestsByRoute() {
        TestUser creator = client.newcomer().creator("starter");
        creator.client().get("/v1/organizations/" + creator.organization()).ok();
        String unknown = UUID.randomUUID().toString();
        client.get("/v1/" + unknown).refused(404);
        client.get("/actuator/health/readiness").ok();

        List<String> requests = lines("http_server_requests_seconds_count");

        assertThat(requests)
                .anyMatch(line -> line.contains("uri=\"/v1/organizations/{id}\"") && line.contains("status=\"200\""))
                .noneMatch(line -> line.contains(creator.organization()))
                .noneMatch(line -> line.contains(unknown))
                .noneMatch(line -> line.contains("/actuator"));
    }

    @Test
    void areAllDescribed() throws IOException {
        Map<String, String> measured = new TreeMap<>();
        for (Meter meter : meters.getMeters()) {
            if (meter.getId().getName().startsWith("guildhall.")) {
                measured.put(
                        meter.getId().getName(),
                        meter.getId().getType().name().toLowerCase(java.util.Locale.ROOT)
                                + tags(meter.getId().getTags().stream().map(Tag::getKey)));
            }
        }
        Map<String, String> described = new TreeMap<>();
        for (String line : Files.readAllLines(ROOT.resolve("docs/metrics.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                described.put(
                        row.group(1),
                        row.group(2)
                                + tags(Arrays.stream(row.group(3).split(","))
                                        .map(String::strip)
                                        .filter(tag -> !tag.isEmpty())));
            }
        }

        assertThat(described).isEqualTo(measured);
    }

    private static String tags(Stream<String> keys) {
        return keys.sorted().collect(Collectors.joining(", ", " {", "}"));
    }

    @Test
    void areWhatTheDashboardAsksFor() throws IOException {
        Set<String> measured = exposition()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.replaceFirst("[{ ].*", ""))
                .collect(Collectors.toSet());
        JsonNode dashboard =
                JsonMapper.shared().readTree(Files.readString(ROOT.resolve("deploy/grafana/guildhall.json")));
        List<String> queries = new ArrayList<>();
        dashboard
                .path("panels")
                .forEach(panel -> panel.path("targets")
                        .forEach(target -> queries.add(target.path("expr").asString())));
        dashboard.path("templating").path("list").forEach(variable -> {
            if (variable.path("type").asString().equals("query")) {
                queries.add(variable.path("query").path("query").asString());
            }
        });

        assertThat(queries).hasSizeGreaterThan(20);
        assertThat(queries)
                .allSatisfy(query ->
                        assertThat(metrics(query)).as(query).isNotEmpty().isSubsetOf(measured));
        assertThat(queries.stream().flatMap(query -> metrics(query).stream()))
                .as("each of ours is on it, by one of its names")
                .containsAll(meters.getMeters().stream()
                        .map(meter -> meter.getId().getName())
                        .filter(name -> name.startsWith("guildhall."))
                        .map(name -> shown(name.replace('.', '_'), queries))
                        .toList());
    }

    private static String shown(String meter, List<String> queries) {
        return queries.stream()
                .flatMap(query -> metrics(query).stream())
                .filter(metric -> metric.equals(meter)
                        || metric.equals(meter + "_total")
                        || metric.equals(meter + "_seconds_count")
                        || metric.equals(meter + "_seconds_bucket"))
                .findFirst()
                .orElse(meter);
    }

    private static Set<String> metrics(String query) {
        String bare = query.replaceAll("\\{[^}]*}", " ")
                .replaceAll("\\[[^]]*]", " ")
                .replaceAll("\\bby \\([^)]*\\)", " ")
                .replaceAll(", instance\\)$", ")");
        Set<String> found = new TreeSet<>();
        Matcher word = Pattern.compile("[a-z_][a-z0-9_]*").matcher(bare);
        while (word.find()) {
            if (!FUNCTIONS.contains(word.group())) {
                found.add(word.group());
            }
        }
        return found;
    }

    private double read(String metric, String... labels) {
        return lines(metric).stream()
                .filter(line -> Arrays.stream(labels).allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private List<String> lines(String metric) {
        return exposition()
                .filter(line -> line.startsWith(metric + "{") || line.startsWith(metric + " "))
                .toList();
    }

    private Stream<String> exposition() {
        return client.as(METRICS_KEY).get("/actuator/prometheus").ok().body().lines();
    }
}
