package io.guildhall.acceptance;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The description of the API that the service serves, and whether replies are as it says. */
final class ApiDescriptionValidator {

    private static final Map<URI, ApiDescriptionValidator> SERVED = new ConcurrentHashMap<>();

    final List<Operation> operations = new ArrayList<>();
    final ObjectNode publicDocument;
    final ObjectNode operatorDocument;
    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemaRegistryConfig(
                    SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));
    private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

    private ApiDescriptionValidator(URI base) {
        publicDocument = read(base.resolve("/v3/api-docs"));
        operatorDocument = read(base.resolve("/v3/api-docs/operators"));
        add(publicDocument);
        add(operatorDocument);
        operations.sort(Comparator.comparingLong(
                operation -> operation.path().chars().filter(c -> c == '{').count()));
    }

    /** That of a running service. */
    static ApiDescriptionValidator of(URI base) {
        return SERVED.computeIfAbsent(base, ApiDescriptionValidator::new);
    }

    /** Compares every reply with the description of the service that gave it. */
    static Consumer<Reply> witness(URI base) {
        return reply -> of(base).check(reply);
    }

    /** An operation and the document that it is in. */
    record Operation(String method, String path, JsonNode node, ObjectNode document) {

        boolean matches(String calledMethod, String calledPath) {
            return method.equals(calledMethod) && Pattern.matches(path.replaceAll("\\{[^}]+}", "[^/]+"), calledPath);
        }

        String id() {
            return node.path("operationId").asString();
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    private void check(Reply reply) {
        String method = reply.call().substring(0, reply.call().indexOf(' '));
        String path = reply.call().substring(reply.call().indexOf(' ') + 1).replaceFirst("\\?.*", "");
        operations.stream()
                .filter(operation -> operation.matches(method, path))
                .findFirst()
                .ifPresent(operation -> check(operation, reply));
    }

    private void check(Operation operation, Reply reply) {
        JsonNode responses = operation.node().get("responses");
        String status = String.valueOf(reply.status());
        JsonNode response = responses.path(responses.has(status) ? status : "default");
        if (reply.isOk()) {
            assertThat(responses.has(status))
                    .as("%s documents %s", operation, status)
                    .isTrue();
        }
        String type =
                reply.header("Content-Type").orElse("").replaceFirst(";.*", "").strip();
        if (type.equals("application/problem+json")) {
            type = "application/json";
        }
        JsonNode media = response.path("content").path(type);
        assertThat(media.isMissingNode())
                .as("%s documents the content type of %s", operation, reply)
                .isFalse();
        if (type.equals("application/json")) {
            assertThat(errors(operation.document(), media.get("schema"), reply.json()))
                    .as("%s, of %s", reply, operation)
                    .isEmpty();
        }
    }

    /** What in the value is not as the schema says; properties that it does not have are errors, too. */
    String errors(ObjectNode document, JsonNode schema, JsonNode value) {
        String key = (document == operatorDocument ? "operators " : "public ") + schema;
        return schemas
                .computeIfAbsent(key, it -> {
                    ObjectNode root = schema.deepCopy().asObject();
                    root.set("components", strict(document));
                    return registry.getSchema(root);
                })
                .validate(value)
                .stream()
                .map(error -> error.getInstanceLocation() + " " + error.getMessage())
                .collect(joining("\n"));
    }

    /** The schemas, allowing no properties but those that are described. */
    private static ObjectNode strict(ObjectNode document) {
        ObjectNode components = JsonMapper.shared().createObjectNode();
        components.set("schemas", document.at("/components/schemas").deepCopy());
        components.get("schemas").forEach(schema -> ((ObjectNode) schema).put("additionalProperties", false));
        return components;
    }

    private void add(ObjectNode document) {
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(operation -> operations.add(new Operation(
                                operation.getKey().toUpperCase(), path.getKey(), operation.getValue(), document))));
    }

    private static ObjectNode read(URI address) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            String body = http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                    .body();
            return (ObjectNode) JsonMapper.shared().readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
