package io.guildhall.acceptance;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The published description of the API, and whether replies are as it says. Types and enumerations are taken strictly, since
 * clients do; what it does not mention may be there as well.
 */
final class ContractValidator {

    static final ContractValidator PUBLISHED = new ContractValidator();

    private static final Set<String> CODES = Set.of(
            "invalid_argument",
            "failed_precondition",
            // An addition to the contract.
            "reauthentication-required",
            "unknown_resource",
            "authentication_error",
            "authorization_required",
            "rate_limit_exceeded",
            "api_error");

    private final JsonNode document;
    private final JsonNode definitions;
    private final List<Operation> operations = new ArrayList<>();
    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

    private ContractValidator() {
        document = read();
        definitions = document.get("definitions").deepCopy();
        sharpen(definitions);
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(operation ->
                                operations.add(new Operation(operation.getKey().toUpperCase(), path.getKey()))));
        // A path that says more comes before one that a variable makes match as well.
        operations.sort(Comparator.comparingLong(
                operation -> operation.path().chars().filter(c -> c == '{').count()));
    }

    /** A method and a path with variables. */
    record Operation(String method, String path) {

        boolean matches(String calledMethod, String calledPath) {
            return method.equals(calledMethod) && Pattern.matches(path.replaceAll("\\{[^}]+}", "[^/]+"), calledPath);
        }

        /** Whether it is the same but for the names of the variables. */
        boolean isLike(Operation other) {
            return method.equals(other.method) && anonymous().equals(other.anonymous());
        }

        private String anonymous() {
            return path.replaceAll("\\{[^}]+}", "{}");
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    /** The name that generated clients know an operation by. */
    String idOf(Operation operation) {
        return document.get("paths")
                .get(operation.path())
                .get(operation.method().toLowerCase())
                .get("operationId")
                .stringValue();
    }

    List<Operation> operations() {
        return operations;
    }

    /** Checks replies and remembers what it saw. */
    static final class Witness implements Consumer<Reply> {

        private final Set<Operation> succeeded = ConcurrentHashMap.newKeySet();
        private final Set<Operation> refused = ConcurrentHashMap.newKeySet();
        private final Set<String> properties = ConcurrentHashMap.newKeySet();

        @Override
        public void accept(Reply reply) {
            String method = reply.call().substring(0, reply.call().indexOf(' '));
            String path = reply.call().substring(reply.call().indexOf(' ') + 1).replaceFirst("\\?.*", "");
            if (!path.matches("/(v1|v2|operator)/.*")) {
                return;
            }
            Optional<Operation> operation = PUBLISHED.operations.stream()
                    .filter(published -> published.matches(method, path))
                    .findFirst();
            assertThat(reply.header("X-Request-Id"))
                    .as("X-Request-Id of %s", reply)
                    .isPresent();
            // What is not the contract's may succeed with something else.
            if (!reply.isOk() || operation.isPresent()) {
                assertThat(reply.header("Content-Type").orElse(""))
                        .as("Content-Type of %s", reply)
                        .matches("application/(problem\\+)?json.*");
            }
            if (reply.isOk()) {
                operation.ifPresent(published -> {
                    String definition = PUBLISHED.replyOf(published);
                    PUBLISHED.check(definition, reply);
                    PUBLISHED.properties(definition, reply.json(), properties);
                    succeeded.add(published);
                });
            } else {
                checkRefusal(reply);
                operation.ifPresent(refused::add);
            }
        }

        boolean sawSuccess(Operation operation) {
            return succeeded.contains(operation);
        }

        boolean sawRefusal(Operation operation) {
            return refused.contains(operation);
        }

        /** Routes of what organizations own. They own nothing yet, so that no property of it is sent. */
        private static final Set<String> RESOURCES = Set.of(
                "/v1/apps",
                "/v1/services",
                "/v1/deployments",
                "/v1/instances",
                "/v1/domains",
                "/v1/secrets",
                "/v1/notifications",
                "/v1/organizations/{organization_id}/budget",
                "/v1/billing/next_invoice");

        /** Properties such as {@code User.name} that the successful calls' replies could have had, and none had. */
        Set<String> neverSeen() {
            Set<String> possible = new TreeSet<>();
            succeeded.stream()
                    .filter(operation -> !RESOURCES.contains(operation.path()))
                    .forEach(operation -> PUBLISHED.possible(PUBLISHED.replyOf(operation), possible));
            possible.removeAll(properties);
            return possible;
        }
    }

    /** The one body of all refusals: the contract's, and RFC 9457's members beside. */
    private static void checkRefusal(Reply reply) {
        PUBLISHED.check(reply.json().has("fields") ? "ErrorWithFields" : "Error", reply);
        JsonNode body = reply.json();
        assertThat(body.propertyNames())
                .as(reply.toString())
                .contains("status", "code", "message", "type", "title", "detail", "instance");
        assertThat(body.get("status").intValue()).as(reply.toString()).isEqualTo(reply.status());
        assertThat(reply.text("code")).as(reply.toString()).isIn(CODES);
        assertThat(reply.message()).as(reply.toString()).isNotBlank();
        if (body.has("fields")) {
            assertThat(reply.status()).as(reply.toString()).isEqualTo(400);
            assertThat(body.get("fields").size()).as(reply.toString()).isPositive();
        }
    }

    private void check(String definition, Reply reply) {
        List<com.networknt.schema.Error> errors = schema(definition).validate(reply.json());
        assertThat(errors.stream()
                        .map(error -> error.getInstanceLocation() + " " + error.getMessage())
                        .collect(joining("\n")))
                .as("%s is no %s", reply, definition)
                .isEmpty();
    }

    private String replyOf(Operation operation) {
        return nameOf(document.get("paths")
                .get(operation.path())
                .get(operation.method().toLowerCase())
                .at("/responses/200/schema"));
    }

    private Schema schema(String definition) {
        return schemas.computeIfAbsent(definition, name -> {
            ObjectNode root = JsonMapper.shared().createObjectNode();
            root.put("$ref", "#/$defs/" + name);
            root.set("$defs", definitions);
            return registry.getSchema(root);
        });
    }

    private void properties(String definition, JsonNode value, Set<String> found) {
        JsonNode declared = definitions.get(definition).path("properties");
        value.properties().forEach(property -> {
            JsonNode schema = declared.path(property.getKey());
            if (!schema.isMissingNode()) {
                found.add(definition + "." + property.getKey());
                if (schema.has("$ref")) {
                    properties(nameOf(schema), property.getValue(), found);
                } else if (schema.path("items").has("$ref")) {
                    property.getValue().forEach(item -> properties(nameOf(schema.get("items")), item, found));
                }
            }
        });
    }

    private void possible(String definition, Set<String> found) {
        definitions.get(definition).path("properties").properties().forEach(property -> {
            if (found.add(definition + "." + property.getKey())) {
                JsonNode schema = property.getValue();
                JsonNode inner = schema.has("$ref") ? schema : schema.path("items");
                if (inner.has("$ref")) {
                    possible(nameOf(inner), found);
                }
            }
        });
    }

    private static String nameOf(JsonNode reference) {
        String target = reference.get("$ref").stringValue();
        return target.substring(target.lastIndexOf('/') + 1);
    }

    /** Swagger's words to JSON Schema's, and formats to what the service's clients have always been given. */
    private static void sharpen(JsonNode node) {
        if (node instanceof ObjectNode schema) {
            if (schema.path("$ref").isString()) {
                schema.put("$ref", "#/$defs/" + nameOf(schema));
            }
            if (schema.path("type").isString() && schema.path("format").isString()) {
                switch (schema.get("type").stringValue() + " "
                        + schema.get("format").stringValue()) {
                    case "string date-time" ->
                        schema.put("pattern", "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z$");
                    case "string int64", "string uint64" -> schema.put("pattern", "^-?\\d+$");
                    default -> {}
                }
            }
            // The contract's clients expect null where there is no such user.
            if (schema.path("inviter").has("$ref")) {
                ObjectNode inviter = JsonMapper.shared().createObjectNode();
                inviter.putArray("anyOf").add(schema.get("inviter")).addObject().put("type", "null");
                schema.set("inviter", inviter);
            }
            // The web panel dies of anything else.
            if (schema.path("avatar_url").path("type").isString()) {
                ((ObjectNode) schema.get("avatar_url")).put("pattern", "^https?://[^/]+/.+$");
            }
        }
        node.forEach(ContractValidator::sharpen);
    }

    private static JsonNode read() {
        try (InputStream in = ContractValidator.class.getResourceAsStream("/koyeb-openapi.json")) {
            return JsonMapper.shared().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
