package io.guildhall;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The compose file: that it is one, and what whoever starts it relies on. */
class ComposeTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().endsWith("api") ? Path.of("..") : Path.of("");
    private static final Pattern TAGGED = Pattern.compile("[a-z0-9./-]+:(?!latest)[A-Za-z0-9][A-Za-z0-9._-]*");
    private static final Pattern SECRET = Pattern.compile("(?i).*(password|secret|token|key).*");
    private static final Pattern MOUNTED = Pattern.compile("(?m)/run/secrets/([a-z]+/[a-z.-]+)\\s*$");

    /** The service that makes the secrets, and ends. */
    private static final String SECRETS = "secrets";

    private static final Pattern USER = Pattern.compile("(?m)^USER (\\S+)$");

    private final String dockerfile = read("Dockerfile");
    private final JsonNode file = yaml("docker-compose.yml");

    @Test
    void agreesWithThePublishedSchema() throws IOException {
        Schema schema = published();
        assertThat(schema.validate(file)).isEmpty();
        ObjectNode misspelt = (ObjectNode) file.deepCopy();
        ((ObjectNode) misspelt.at("/services/postgres")).put("volume", "postgres");
        assertThat(schema.validate(misspelt)).isNotEmpty();
    }

    private static Schema published() throws IOException {
        try (InputStream in = ComposeTest.class.getResourceAsStream("/compose-spec.json")) {
            ObjectNode schema = (ObjectNode) JsonMapper.shared().readTree(in);
            // What it calls itself, and the language it is in, are no absolute addresses, which the library asks for.
            schema.remove(List.of("$id", "$schema"));
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                    .getSchema(schema);
        }
    }

    @Test
    void namesTheVersionOfEachImage() {
        assertThat(services())
                .isNotEmpty()
                .allSatisfy(
                        service -> assertThat(service.getValue().path("image").asString())
                                .as(service.getKey())
                                .matches(TAGGED));
    }

    @Test
    void knowsOfEachServiceWhetherItIsHealthy() {
        assertThat(services())
                .allSatisfy(service -> assertThat(service.getValue().has("healthcheck")
                                || isBuilt(service) && dockerfile.contains("HEALTHCHECK ")
                                || service.getKey().equals(SECRETS))
                        .as(service.getKey())
                        .isTrue());
        assertThat(services())
                .allSatisfy(service -> service.getValue()
                        .path("depends_on")
                        .properties()
                        .forEach(needed -> assertThat(
                                        needed.getValue().path("condition").asString())
                                .as(service.getKey())
                                .isEqualTo(
                                        needed.getKey().equals(SECRETS)
                                                ? "service_completed_successfully"
                                                : "service_healthy")));
    }

    /** A process of Axon Server that accepts connections may not handle anything yet. */
    @Test
    void asksAxonServerForItsHealth() {
        assertThat(file.at("/services/axonserver/healthcheck/test").toString())
                .contains("GET /actuator/health ")
                .contains("/dev/tcp/127.0.0.1/8024");
        assertThat(file.at("/services/axonserver/ports/0").asString()).isEqualTo("127.0.0.1:8024:8024");
    }

    @Test
    void hasNoSecretOfItsOwn() {
        assertThat(services())
                .allSatisfy(service -> service.getValue()
                        .path("environment")
                        .properties()
                        .forEach(variable -> {
                            if (SECRET.matcher(variable.getKey()).matches()) {
                                assertThat(variable.getKey()).endsWith("_FILE");
                                assertThat(variable.getValue().asString()).startsWith("/run/secrets/");
                            }
                        }));
        // A secret from a file of this directory fails before any container starts, when the file is missing.
        assertThat(file.has(SECRETS)).isFalse();
    }

    @Test
    void startsAServiceOnceItsSecretsAreMade() {
        assertThat(services())
                .filteredOn(service -> service.getValue().toString().contains("/run/secrets")
                        && !service.getKey().equals(SECRETS))
                .extracting(Entry::getKey)
                .contains("guildhall-1", "guildhall-2", "postgres", "prometheus", "grafana");
        assertThat(services()).allSatisfy(service -> {
            if (!service.getKey().equals(SECRETS)
                    && service.getValue().toString().contains("/run/secrets")) {
                assertThat(service.getValue().path("volumes").toString())
                        .as(service.getKey())
                        .contains("\"secrets:/run/secrets:ro\"");
                assertThat(service.getValue().path("depends_on").has(SECRETS))
                        .as(service.getKey())
                        .isTrue();
            }
        });
    }

    @Test
    void makesEachSecretOnce(@TempDir Path directory) throws Exception {
        makeSecrets(directory);
        Map<String, String> made = secrets(directory);
        Set<String> named = new TreeSet<>();
        Matcher names = MOUNTED.matcher(read("docker-compose.yml") + read("deploy/prometheus.yml"));
        while (names.find()) {
            named.add(names.group(1));
        }
        named.add("guildhall/spring.datasource.password");
        assertThat(made.keySet()).containsAll(named);
        assertThat(made.values())
                .allSatisfy(
                        value -> assertThat(Base64.getDecoder().decode(value)).hasSize(32));
        assertThat(made.get("postgres/password")).isEqualTo(made.get("guildhall/spring.datasource.password"));
        assertThat(made.get("prometheus/metrics-key")).isEqualTo(made.get("guildhall/guildhall.metrics.key"));
        assertThat(Files.getPosixFilePermissions(directory.resolve("guildhall/guildhall.master-key")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));

        Files.delete(directory.resolve("grafana/password"));
        makeSecrets(directory);

        Map<String, String> again = secrets(directory);
        assertThat(again.remove("grafana/password")).isNotEqualTo(made.remove("grafana/password"));
        assertThat(again).isEqualTo(made);
    }

    private static void makeSecrets(Path directory) throws Exception {
        Process script = new ProcessBuilder(
                        "sh", ROOT.resolve("deploy/secrets.sh").toString(), directory.toString())
                .inheritIO()
                .start();
        assertThat(script.waitFor()).isZero();
    }

    private static Map<String, String> secrets(Path directory) throws IOException {
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path each : files.filter(Files::isRegularFile).toList()) {
                found.put(directory.relativize(each).toString(), Files.readString(each));
            }
        }
        return found;
    }

    /** A client that names an address for itself would escape the limits per address. */
    @Test
    void letsNoClientChooseItsAddress() {
        List<String> frontend = read("deploy/haproxy.cfg")
                .lines()
                .map(String::strip)
                .dropWhile(line -> !line.startsWith("frontend "))
                .takeWhile(line -> !line.startsWith("backend "))
                .filter(line -> line.startsWith("http-request "))
                .toList();
        assertThat(frontend)
                .containsExactly(
                        "http-request del-header X-Forwarded- -m beg",
                        "http-request del-header Forwarded",
                        "http-request set-header X-Forwarded-For %[src]");
        assertThat(read("deploy/haproxy.cfg")).doesNotContain("forwardfor");
    }

    @Test
    void runsNothingOfOursAsRoot() {
        Matcher user = USER.matcher(dockerfile);
        assertThat(user.results().map(it -> it.group(1)).toList().getLast()).isNotIn("root", "0");
        assertThat(services()).allSatisfy(service -> {
            assertThat(service.getValue().path("user").asString("none"))
                    .as(service.getKey())
                    .doesNotMatch("(root|0)(:.*)?");
            assertThat(service.getValue().path("privileged").asBoolean(false)).isFalse();
        });
    }

    @Test
    void declaresTheVolumesThatItUsesAndMountsFilesThatThereAre() {
        Set<String> used = new TreeSet<>();
        services()
                .forEach(service -> service.getValue().path("volumes").forEach(mount -> {
                    String source =
                            mount.asString().substring(0, mount.asString().indexOf(':'));
                    if (source.startsWith("./")) {
                        assertThat(ROOT.resolve(source)).exists();
                    } else {
                        used.add(source);
                    }
                }));
        assertThat(used).isEqualTo(new TreeSet<>(file.get("volumes").propertyNames()));
    }

    @Test
    void listensOnTheLoopbackInterfaceAlone() {
        assertThat(services())
                .allSatisfy(service -> service.getValue()
                        .path("ports")
                        .forEach(port -> assertThat(port.asString()).startsWith("127.0.0.1:")));
    }

    /** The service's default is the loopback interface, on which nothing outside a container could reach it. */
    @Test
    void listensOnAllInterfacesOfItsContainer() {
        assertThat(dockerfile).contains("ENV SERVER_ADDRESS=0.0.0.0");
    }

    private List<Entry<String, JsonNode>> services() {
        return List.copyOf(file.get("services").properties());
    }

    private static boolean isBuilt(Entry<String, JsonNode> service) {
        return service.getValue().has("build");
    }

    private static JsonNode yaml(String name) {
        var loaded = new Yaml(new SafeConstructor(new LoaderOptions())).load(read(name));
        return JsonMapper.shared().valueToTree(loaded);
    }

    private static String read(String name) {
        try {
            return Files.readString(ROOT.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
