package io.guildhall.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * What no client should send, to every route there is: the answer is a refusal that says what is wrong, never a failure of
 * ours. That each refusal has the contract's body is checked by whoever sees all replies.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileInputTest extends AcceptanceTestBase {

    private static final String LONG = "x".repeat(1_000_000);
    private static final String NUL = "a\u0000b";
    private static final String HALF_A_CHARACTER = "\\ud800";

    private final List<Route> routes;
    private TenantFixture own;

    HostileInputTest(@Autowired @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mapping) {
        this.routes = Route.all(mapping);
    }

    @BeforeAll
    void found() {
        own = TenantFixture.of(client.newcomer());
    }

    @TestFactory
    Stream<DynamicTest> bodiesThatAreNoneAreRefused() {
        return bodied(route -> {
            List<String> bodies = new ArrayList<>(List.of(
                    "{",
                    "[]",
                    "\"text\"",
                    "17",
                    "true",
                    "{\"name\":}",
                    "{} {}",
                    "{'name':'acme'}",
                    "<xml/>",
                    "\u0000"));
            bodies.add("[".repeat(100_000));
            bodies.add("{\"a\":".repeat(100_000));
            for (String body : bodies) {
                refused(send(route, body), body);
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> valuesOfAnotherTypeAreRefusedByName() {
        return bodied(route -> SampleRequests.body(route).forEach((field, value) -> {
            for (Object other : List.of(17, true, "text", List.of("x"), Map.of("x", "y"))) {
                if (!sameType(other, value)) {
                    Reply refused = refused(send(route, with(route, field, other)), field + "=" + other);
                    if (refused.status() == 400) {
                        assertThat(refused.fields()).as(refused.toString()).containsExactly(field);
                    }
                }
            }
        }));
    }

    @TestFactory
    Stream<DynamicTest> textsThatCannotBeKeptAreRefused() {
        return bodied(route -> SampleRequests.body(route).forEach((field, value) -> {
            for (String text : List.of(LONG, NUL)) {
                refused(send(route, with(route, field, like(value, text))), field);
            }
            String json = tools.jackson.databind.json.JsonMapper.shared()
                    .writeValueAsString(with(route, field, like(value, "HALF")))
                    .replace("HALF", HALF_A_CHARACTER);
            refused(send(route, json), field);
        }));
    }

    /** Where anybody at all may send one. */
    @TestFactory
    Stream<DynamicTest> bodiesOfTenMebibytesAreRefused() {
        String body = "{\"email\":\"" + "x".repeat(10 << 20) + "\"}";
        return routes.stream()
                .filter(route -> route.takesBody() && route.isPublic())
                .map(route -> dynamicTest(route.toString(), () -> {
                    assertThat(send(route, body).status()).isIn(400, 413);
                    // In chunks, without saying in advance how long it will be.
                    assertThat(send(route, new ByteArrayInputStream(body.getBytes(UTF_8)))
                                    .status())
                            .isIn(400, 413);
                }));
    }

    @TestFactory
    Stream<DynamicTest> otherContentIsRefused() {
        return bodied(route -> {
            Client caller = route.isForOperators() ? operator : own.creator().client();
            Reply refused = caller.send(route.method(), path(route), "name=acme", "Content-Type", "text/plain");
            assertThat(refused.status()).as(refused.toString()).isIn(400, 415);
        });
    }

    @TestFactory
    Stream<DynamicTest> queriesThatMakeNoSenseNeverFail() {
        return routes.stream()
                .filter(route -> route.method().equals("GET") && !route.isEndless())
                .map(route -> dynamicTest(route.toString(), () -> {
                    Client caller =
                            route.isForOperators() ? operator : own.creator().client();
                    for (String name : List.of(
                            "limit",
                            "offset",
                            "organization_id",
                            "user_id",
                            "statuses",
                            "organization_statuses",
                            "types",
                            "type",
                            "search",
                            "order",
                            "name",
                            "email")) {
                        for (String value : List.of(
                                "",
                                "-1",
                                "0",
                                "101",
                                "1e9",
                                "99999999999999999999",
                                "%00",
                                "%ED%A0%80",
                                "%27%22%5C%25_",
                                "a".repeat(2000))) {
                            Reply reply = caller.get(path(route) + "?" + name + "=" + value);
                            assertThat(reply.status()).as(reply.toString()).isLessThan(500);
                        }
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> unknownFieldsAreNobodysBusiness() {
        return Stream.of("PATCH /v1/account/settings", "POST /v1/organizations/{id}/signup_qualification")
                .map(name -> dynamicTest(name, () -> {
                    Route route = routes.stream()
                            .filter(it -> it.toString().equals(name))
                            .findAny()
                            .orElseThrow();
                    send(route, with(route, "captcha_of_tomorrow", Map.of("x", 1)))
                            .ok();
                }));
    }

    private Stream<DynamicTest> bodied(java.util.function.Consumer<Route> test) {
        return routes.stream()
                .filter(Route::takesBody)
                .map(route -> dynamicTest(route.toString(), () -> test.accept(route)));
    }

    private Reply send(Route route, Object body) {
        return (route.isForOperators() ? operator : own.creator().client()).send(route.method(), path(route), body);
    }

    private String path(Route route) {
        return route.hasId() ? route.with(own.id(SampleRequests.kind(route))) : route.path();
    }

    private static Map<String, Object> with(Route route, String field, Object value) {
        Map<String, Object> body = new HashMap<>(SampleRequests.body(route));
        body.put(field, value);
        return body;
    }

    private static Object like(Object value, String text) {
        return switch (value) {
            case Map<?, ?> object -> Map.of("why", text);
            case List<?> list -> List.of(text);
            default -> text;
        };
    }

    private static boolean sameType(Object one, Object other) {
        return one instanceof Map && other instanceof Map
                || one instanceof List && other instanceof List
                || one.getClass() == other.getClass();
    }

    private static Reply refused(Reply reply, String why) {
        assertThat(reply.status())
                .as("%s for %s", reply, why.length() > 100 ? why.substring(0, 100) : why)
                .isBetween(400, 499);
        return reply;
    }

    @Test
    void namesTheElementOfAListThatIsNull() {
        TenantFixture tenantFixture = TenantFixture.of(client.newcomer());

        Reply token = tenantFixture
                .creator()
                .client()
                .post("/v1/credentials", "{\"name\": \"deploy\", \"type\": \"USER\", \"scopes\": [null]}")
                .refused(400);
        Reply rebuild = operator.post("/operator/v1/rebuilds", "{\"projections\": [\"members\", null]}")
                .refused(400);

        assertThat(token.fields()).containsExactly("scopes[0]");
        assertThat(rebuild.fields()).containsExactly("projections[1]");
    }
}
