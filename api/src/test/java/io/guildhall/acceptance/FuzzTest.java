package io.guildhall.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Hostile values in every body, parameter and header that the API's description has: the service never fails. */
@Tag("e2e")
class FuzzTest extends AcceptanceTestBase {

    private static final int VALUES_PER_FIELD = 7;
    private static final int VALUES_PER_PARAMETER = 5;

    /** As JSON. */
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1.5",
            "1e400",
            "9223372036854775808",
            "\"\"",
            "\" \"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"\\u202e\\u0007\"",
            "\"'; drop table users; --\"",
            "\"" + "x".repeat(5_000) + "\"",
            "[]",
            "[null]",
            "[[]]",
            "[\"x\", null]",
            "[1, {}]",
            "{}",
            "{\"a\": null}");

    private static final List<String> BODIES = List.of("", "null", "[]", "1", "\"x\"", "{", "{\"a\":", "[null]", "{}");

    /** As they stand in an address. */
    private static final List<String> PARAMETERS = List.of(
            "",
            "%00",
            "%ED%A0%80",
            "%FF",
            "-1",
            "1.5",
            "99999999999999999999",
            "null",
            "%27%3B--",
            ",",
            "%5B%5D",
            "x".repeat(3_000),
            "2026-13-45T99:99:99Z",
            "0000-01-01T00:00:00Z",
            "9999999-01-01T00:00:00Z");

    private static final List<String> HEADERS =
            List.of("", " ", "-1", "x", "99999999999999999999", "\"", "x".repeat(300), ",");

    /** The same values each time. */
    private final Random random = new Random(42);

    @TestFactory
    Stream<DynamicTest> neverFails() {
        return ApiDescriptionValidator.of(client.base()).operations.stream()
                .filter(operation -> !operation.path().endsWith("/stream"))
                .map(operation -> dynamicTest(operation.toString(), () -> fuzz(operation)));
    }

    private void fuzz(ApiDescriptionValidator.Operation operation) {
        // Some operations succeed, and change the password or end the organization: each has a tenant of its own.
        TenantFixture tenantFixture = TenantFixture.of(client.newcomer());
        boolean forOperators = operation.path().startsWith("/operator/");
        Client caller =
                forOperators ? operator : client.as(tenantFixture.creator().session());
        String path = path(operation, tenantFixture);
        JsonNode media = operation.node().at("/requestBody/content/application~1json");
        String example = media.isMissingNode() ? null : media.get("example").toString();
        bodies(operation, media).forEach(body -> call(caller, operation, path, body));
        operation.node().path("parameters").forEach(parameter -> {
            String name = parameter.get("name").asString();
            switch (parameter.get("in").asString()) {
                case "query" ->
                    some(PARAMETERS, VALUES_PER_PARAMETER)
                            .forEach(value -> call(caller, operation, path + "?" + name + "=" + value, example));
                case "header" ->
                    some(HEADERS, VALUES_PER_PARAMETER)
                            .forEach(value -> call(caller, operation, path, example, name, value));
                default ->
                    some(PARAMETERS, VALUES_PER_PARAMETER)
                            .forEach(value -> call(
                                    caller,
                                    operation,
                                    operation.path().replaceFirst("\\{[^}]+}", "x" + value),
                                    example));
            }
        });
    }

    private static void call(
            Client caller,
            ApiDescriptionValidator.Operation operation,
            String path,
            @Nullable String body,
            String... headers) {
        Reply reply = caller.send(operation.method(), path, body, headers);
        assertThat(reply.status()).as("%s with %s", reply, body).isLessThan(500);
    }

    /** Real ids where the body counts, unless the operation would end what the id is of. */
    private static String path(ApiDescriptionValidator.Operation operation, TenantFixture tenantFixture) {
        boolean real = operation.path().matches("/v1/(organizations|webhooks|credentials)/\\{[a-z_]+}.*")
                && !operation.method().equals("DELETE")
                && !operation.path().endsWith("activate");
        String kind = operation.path().split("/")[2];
        String id = !real
                ? UUID.randomUUID().toString()
                : switch (kind) {
                    case "webhooks" -> tenantFixture.webhook();
                    case "credentials" -> tenantFixture.userToken().id();
                    default -> tenantFixture.organization();
                };
        return operation.path().replaceFirst("\\{[^}]+}", id);
    }

    private List<String> bodies(ApiDescriptionValidator.Operation operation, JsonNode media) {
        if (media.isMissingNode()) {
            return List.of();
        }
        List<String> bodies = new ArrayList<>(BODIES);
        ObjectNode example = (ObjectNode) media.get("example");
        String schema = media.at("/schema/$ref").asString();
        operation
                .document()
                .at(schema.substring(1))
                .path("properties")
                .propertyNames()
                .forEach(name ->
                        some(VALUES, VALUES_PER_FIELD).forEach(value -> bodies.add(with(example, name, value))));
        // What would rebuild everything is a success, and takes long.
        bodies.removeIf(body -> operation.path().equals("/operator/v1/rebuilds") && !body.contains("\"projections\":[")
                || body.contains("\"projections\":[]"));
        return bodies;
    }

    /** Put together as text: some of the values are no JSON that a mapper would write. */
    private static String with(ObjectNode example, String name, String value) {
        ObjectNode others = example.deepCopy();
        others.remove(name);
        String rest = JsonMapper.shared().writeValueAsString(others);
        String field = "\"%s\":%s".formatted(name, value);
        return others.isEmpty() ? "{" + field + "}" : "{" + field + "," + rest.substring(1);
    }

    private <T> List<T> some(List<T> values, int count) {
        List<T> shuffled = new ArrayList<>(values);
        Collections.shuffle(shuffled, random);
        return shuffled.subList(0, Math.min(count, values.size()));
    }
}
