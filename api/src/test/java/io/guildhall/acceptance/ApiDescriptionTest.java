package io.guildhall.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The served description has every route, and says of each all that a client needs. */
class ApiDescriptionTest extends AcceptanceTestBase {

    private final List<Route> routes;

    ApiDescriptionTest(@Autowired @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mapping) {
        routes = Route.all(mapping);
    }

    private ApiDescriptionValidator description() {
        return ApiDescriptionValidator.of(client.base());
    }

    @Test
    void hasEveryRouteAndNoOther() {
        assertThat(description().operations)
                .extracting(ApiDescriptionValidator.Operation::toString)
                .containsExactlyInAnyOrderElementsOf(
                        routes.stream().map(Route::toString).toList());
        assertThat(description().operatorDocument.get("paths").propertyNames())
                .allMatch(path -> path.startsWith("/operator/"));
        assertThat(description().publicDocument.get("paths").propertyNames())
                .noneMatch(path -> path.startsWith("/operator/"));
    }

    /** A route or a parameter that the feature's file in openapi does not describe fails here. */
    @Test
    void saysWhatEachOperationDoes() {
        Set<String> ids = new TreeSet<>();
        for (ApiDescriptionValidator.Operation operation : description().operations) {
            JsonNode node = operation.node();
            assertThat(node.path("summary").asString())
                    .as("summary of %s: add it to the feature's file in openapi", operation)
                    .isNotBlank();
            assertThat(node.path("description").asString())
                    .as("description of %s", operation)
                    .endsWith(".");
            assertThat(node.path("tags")).as("tag of %s", operation).hasSize(1);
            assertThat(operation.id()).as("operation id of %s", operation).matches("[A-Z][A-Za-z0-9]+");
            assertThat(ids.add(operation.id()))
                    .as("%s has an operation id of its own", operation)
                    .isTrue();
            node.path("parameters")
                    .forEach(parameter -> assertThat(
                                    parameter.path("description").asString())
                            .as(
                                    "description of %s of %s: add it to the feature's file in openapi",
                                    parameter.path("name"), operation)
                            .isNotBlank());
        }
    }

    @Test
    void keepsThePublishedOperationIds() {
        ContractValidator.PUBLISHED
                .operations()
                .forEach(published -> description().operations.stream()
                        .filter(ours -> published.isLike(new ContractValidator.Operation(ours.method(), ours.path())))
                        .forEach(ours -> assertThat(ours.id()).isEqualTo(ContractValidator.PUBLISHED.idOf(published))));
    }

    @Test
    void describesEveryPropertyOfEverySchema() {
        for (ObjectNode document : documents()) {
            document.at("/components/schemas").properties().forEach(schema -> {
                assertThat(schema.getValue().path("description").asString())
                        .as("description of %s: add it to the feature's file in openapi", schema.getKey())
                        .isNotBlank();
                schema.getValue().path("properties").properties().forEach(property -> {
                    String name = schema.getKey() + "." + property.getKey();
                    assertThat(property.getValue().path("description").asString())
                            .as("description of %s: add it to the feature's file in openapi", name)
                            .isNotBlank();
                    if (property.getKey().equals("id")
                            && !schema.getKey().matches("Token|Plan|ActivityObject|.*Request")) {
                        assertThat(property.getValue().path("format").asString())
                                .as(name)
                                .isEqualTo("uuid");
                    }
                    if (property.getKey().endsWith("_at")) {
                        assertThat(property.getValue().path("format").asString())
                                .as(name)
                                .isEqualTo("date-time");
                    }
                    if (property.getKey().matches("status|role|state")
                            && !schema.getKey().matches("Error.*")) {
                        boolean address = schema.getKey().matches("(Update)?Organization(Request)?")
                                && property.getKey().equals("state");
                        assertThat(address || property.getValue().has("enum"))
                                .as("%s is an enumeration", name)
                                .isTrue();
                    }
                });
            });
        }
    }

    @Test
    void hasExamplesThatAreTrue() {
        for (ApiDescriptionValidator.Operation operation : description().operations) {
            JsonNode body = operation.node().at("/requestBody/content/application~1json");
            if (!body.isMissingNode()) {
                check(operation, body);
            }
            operation.node().get("responses").properties().forEach(response -> {
                JsonNode media = response.getValue().path("content").path("application/json");
                if (response.getKey().startsWith("2") && !media.isMissingNode()) {
                    check(operation, media);
                }
                media.path("examples").forEach(example -> {
                    JsonNode shared = operation
                            .document()
                            .at(example.get("$ref").asString().substring(1));
                    assertThat(description().errors(operation.document(), media.get("schema"), shared.get("value")))
                            .as("%s of %s", example, operation)
                            .isEmpty();
                });
            });
        }
    }

    private void check(ApiDescriptionValidator.Operation operation, JsonNode media) {
        assertThat(media.has("example")).as("example of %s", operation).isTrue();
        assertThat(description().errors(operation.document(), media.get("schema"), media.get("example")))
                .as("example of %s: %s", operation, media.get("example"))
                .isEmpty();
    }

    /** What the witness of all replies would say of wrong ones. */
    @Test
    void recognizesRepliesThatAreNotAsDescribed() {
        JsonNode schema = JsonMapper.shared().readTree("{\"$ref\": \"#/components/schemas/InvitationLink\"}");

        assertThat(errors(schema, "{\"organization_name\": \"acme\", \"inviter_name\": \"Ada\"}"))
                .isEmpty();
        assertThat(errors(schema, "{\"organization_name\": \"acme\"}")).contains("inviter_name");
        assertThat(errors(schema, "{\"organization_name\": \"acme\", \"inviter_name\": \"Ada\", \"email\": \"\"}"))
                .contains("email");
        assertThat(errors(schema, "{\"organization_name\": 1, \"inviter_name\": \"Ada\"}"))
                .contains("organization_name");
    }

    private String errors(JsonNode schema, String value) {
        return description()
                .errors(
                        description().publicDocument,
                        schema,
                        JsonMapper.shared().readTree(value));
    }

    @Test
    void saysHowEachOperationIsRefused() {
        for (Route route : routes) {
            ApiDescriptionValidator.Operation operation = description().operations.stream()
                    .filter(it -> it.toString().equals(route.toString()))
                    .findFirst()
                    .orElseThrow();
            List<String> expected = new ArrayList<>(List.of("200", "400", "429", "500", "503", "default"));
            if (!route.isPublic()) {
                expected.add("401");
                assertThat(operation.node().path("security").isEmpty()).isFalse();
            }
            if (route.method().equals("POST")) {
                expected.addAll(List.of("409", "422"));
                assertThat(operation.node().path("parameters").toString()).contains("Idempotency-Key");
            }
            if (route.takesBody()) {
                expected.add("413");
            }
            assertThat(operation.node().get("responses").propertyNames())
                    .as(operation.toString())
                    .containsAll(expected);
        }
    }

    /** It is kept per language, so a caller could make the service keep any number of them. */
    @Test
    void isTheSameInEveryLanguage(@Autowired LocaleResolver locales) {
        var request = new MockHttpServletRequest();
        request.addPreferredLocale(Locale.FRENCH);

        assertThat(locales.resolveLocale(request)).isEqualTo(Locale.ENGLISH);
    }

    @Test
    void refusesUnknownGroups() {
        client.get("/v3/api-docs/nobody").refused(404);
    }

    /** Each is about 600 kB, the same for everybody. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v3/api-docs",
                "/v3/api-docs/operators",
                "/docs/swagger-ui/swagger-ui-bundle.js",
                "/docs/swagger-ui/swagger-ui.css"
            })
    void isSentCompressedAndOnlyOnce(String path) throws IOException, InterruptedException {
        String plain = client.get(path).ok().body();
        for (int time = 1; time <= 2; time++) {
            HttpResponse<byte[]> reply = zipped(path, "gzip");
            assertThat(reply.headers().firstValue("Content-Encoding")).contains("gzip");
            assertThat(reply.headers().firstValue("Vary")).contains("Accept-Encoding");
            assertThat(reply.body()).hasSizeLessThan(plain.length() / 2);
            try (var unzipped = new GZIPInputStream(new ByteArrayInputStream(reply.body()))) {
                assertThat(new String(unzipped.readAllBytes(), UTF_8)).isEqualTo(plain);
            }
            String etag = reply.headers().firstValue("ETag").orElseThrow();
            client.get(path, "If-None-Match", etag).refused(304);
            client.get(path, "If-None-Match", "\"another\"").ok();
        }
        assertThat(new String(zipped(path, "gzip;q=0").body(), UTF_8)).isEqualTo(plain);
    }

    private HttpResponse<byte[]> zipped(String path, String accepted) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(client.base().resolve(path))
                .header("Accept-Encoding", accepted)
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request, BodyHandlers.ofByteArray());
        }
    }

    /** The Host header of one request must not appear in replies to others. */
    @Test
    void namesNoServerButItsOwn() {
        for (ObjectNode document : documents()) {
            assertThat(document.at("/servers")).hasSize(1);
            assertThat(document.at("/servers/0/url").stringValue()).isEqualTo("/");
        }
    }

    @Test
    void isShownBySwaggerUi() {
        Reply page = client.get("/docs").ok();

        assertThat(page.body()).contains("/docs/swagger-ui/swagger-ui-bundle.js", "/docs/docs.js");
        assertThat(page.header("Content-Security-Policy").orElseThrow())
                .contains("default-src 'self'")
                .doesNotContain("script-src");
        assertThat(client.get("/docs/docs.js").ok().body()).contains("/v3/api-docs/operators");
        Reply script = client.get("/docs/swagger-ui/swagger-ui-bundle.js").ok();
        assertThat(script.header("Cache-Control").orElseThrow()).contains("max-age");
        client.get("/docs/swagger-ui/swagger-ui.css").ok();
        client.get("/docs/swagger-ui/swagger-ui-standalone-preset.js").ok();
        client.get("/docs/swagger-ui/package.json").refused(404);
    }

    /** The type of an error leads to a page for people. */
    @Test
    void explainsTheTypesOfProblemsOnPages() {
        Reply refused = client.get("/v1/account/profile").refused(401);

        Reply page = client.get(refused.text("type")).ok();
        Reply all = client.get("/problems").ok();

        assertThat(page.header("Content-Type").orElseThrow()).startsWith("text/html");
        assertThat(page.body()).contains("401 Unauthorized", "<h2>What to do</h2>", "Sign in");
        assertThat(all.body()).contains("href=\"/problems/unauthenticated\"", "href=\"/problems/seats-exhausted\"");
        client.get("/problems/no-such-problem").refused(404);
    }

    private List<ObjectNode> documents() {
        return List.of(description().publicDocument, description().operatorDocument);
    }
}
