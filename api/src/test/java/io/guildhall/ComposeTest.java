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
import java.util.List;
import java.util.Map.Entry;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
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
                                || isBuilt(service) && dockerfile.contains("HEALTHCHECK "))
                        .as(service.getKey())
                        .isTrue());
        assertThat(services())
                .allSatisfy(service -> service.getValue()
                        .path("depends_on")
                        .forEach(needed -> assertThat(needed.path("condition").asString())
                                .as(service.getKey())
                                .isEqualTo("service_healthy")));
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
        assertThat(file.get("secrets").properties())
                .allSatisfy(secret ->
                        assertThat(secret.getValue().path("file").asString()).startsWith("./deploy/secrets/"));
        String made = read("deploy/secrets.sh");
        assertThat(file.get("secrets").propertyNames())
                .allSatisfy(name -> assertThat(made).containsPattern("\\b" + name + "\\b"));
        assertThat(read(".gitignore")).contains("deploy/secrets");
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
