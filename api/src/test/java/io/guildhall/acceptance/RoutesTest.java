package io.guildhall.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.guildhall.api.security.CallerType;
import io.guildhall.api.security.Permission;
import io.guildhall.infrastructure.encryption.TokenCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.function.ThrowingConsumer;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Every route there is, by what Spring knows and not by a list: who is kept out of it (R17, R18), and that other organizations
 * do not exist for it (R23).
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoutesTest extends AcceptanceTestBase {

    private static final List<String> SCOPES = List.of("activities:read");
    private static final String MATRIX_START = "<!-- matrix: start -->";
    private static final String MATRIX_END = "<!-- matrix: end -->";

    /** The problems that a caller of the wrong kind meets, and nobody else. */
    private static final String WRONG_CALLER = "unauthenticated|token-malformed|token-invalid|operator-key-invalid"
            + "|user-required|session-required|interactive-session-required|insufficient-scope";

    private final List<Route> routes;
    private final TokenCodec tokens;
    private TenantFixture own;
    private TenantFixture alsoOwn;
    private TenantFixture foreign;
    private Map<String, Client> callers;
    private Client scopedUserToken;
    private Client scopedOrganizationToken;

    RoutesTest(
            @Autowired @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mapping,
            @Autowired TokenCodec tokens) {
        this.routes = Route.all(mapping);
        this.tokens = tokens;
    }

    @BeforeAll
    void found() {
        TestUser ada = client.newcomer();
        own = TenantFixture.of(ada);
        alsoOwn = TenantFixture.of(ada);
        foreign = TenantFixture.of(client.newcomer());
        callers = Map.of(
                "session", own.creator().client(),
                "user token", client.as(own.userToken().value()),
                "organization token", client.as(own.organizationToken().value()),
                "session of no organization", ada.client());
        scopedUserToken = scoped("USER");
        scopedOrganizationToken = scoped("ORGANIZATION");
    }

    private Client scoped(String type) {
        return client.as(own.creator()
                .client()
                .post("/v1/credentials", Map.of("name", "auditor", "type", type, "scopes", SCOPES))
                .ok()
                .text("credential.token"));
    }

    @Test
    void areFound() {
        assertThat(routes).extracting(Route::toString).contains("GET /v1/activities", "POST /v1/account/login");
    }

    @TestFactory
    Stream<DynamicTest> keepOutWhoeverHasNoTokenThatWorks() throws SQLException {
        Map<String, String> messages = new LinkedHashMap<>();
        messages.put("", "Route needs to be authenticated");
        messages.put("garbage", "Invalid token format");
        messages.put(OPERATOR_KEY, "Invalid token format");
        messages.put(mistyped(own.creator().session()), "Invalid token format");
        messages.put(tokens.newToken(TokenCodec.Kind.API, new byte[TokenCodec.SECRET_BYTES]), "Invalid token");
        messages.put(tokens.newToken(TokenCodec.Kind.SESSION, new byte[TokenCodec.SECRET_BYTES]), "Invalid token");
        messages.put(expiredSession(), "Invalid token");
        messages.put(endedSession(), "Invalid token");
        messages.put(expiredToken(), "Invalid token");
        messages.put(revokedToken(), "Invalid token");
        return each(route -> !route.isPublic() && !route.isForOperators(), route -> {
            for (String id : List.of(UUID.randomUUID().toString(), "no-id")) {
                messages.forEach((token, message) -> {
                    Reply refused = call(client.as(token.isEmpty() ? null : token), route, id)
                            .refused(401);
                    assertThat(refused.message()).as(refused.toString()).isEqualTo(message);
                    assertThat(refused.text("code")).isEqualTo("authentication_error");
                });
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> keepOutWhoeverIsNoOperator() {
        return each(route -> route.isForOperators(), route -> {
            for (String key : new String[] {
                null, "", "wrong", own.creator().session(), own.userToken().value()
            }) {
                call(client.as(key), route, UUID.randomUUID().toString()).refused(401);
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> letNobodyInByAPublicRouteButThoseThatSaySo() {
        return each(route -> route.isPublic(), route -> {
            Reply reply = call(client, route, UUID.randomUUID().toString());
            assertThat(reply.status()).as(reply.toString()).isLessThan(500);
            assertThat(reply.body()).doesNotContain("Route needs to be authenticated");
        });
    }

    /** What belongs to another organization does not exist (R23). */
    @TestFactory
    Stream<DynamicTest> knowNothingOfOtherOrganizations() {
        return each(RoutesTest::isAboutTenants, route -> {
            SampleRequests.Kind kind = SampleRequests.kind(route);
            callers.forEach((name, caller) -> {
                Reply absent = call(caller, route, UUID.randomUUID().toString());
                Reply hidden = call(caller, route, foreign.id(kind));
                // A route that this kind of caller may not call says so whatever the id is.
                hidden.refused(!name.equals("session") && absent.status() == 403 ? 403 : 404);
                assertThat(SignInTest.comparable(hidden))
                        .as("%s by %s, unlike what is absent", hidden, name)
                        .isEqualTo(SignInTest.comparable(absent));
                assertThat(foreign.traces()).noneMatch(hidden.body()::contains);
            });
        });
    }

    /** The answer to a foreign id does not depend on the parameters and the body, not even where these are malformed. */
    @TestFactory
    Stream<DynamicTest> knowNothingOfOtherOrganizationsWhateverTheBodyIs() {
        return each(
                route -> isAboutTenants(route) && !route.permission().equals(Permission.ORGANIZATION_SWITCH),
                route -> Stream.of("{", "[]", "{\"url\": 1, \"name\": 2, \"after\": \"x\"}")
                        .forEach(body -> {
                            String path = route.with(foreign.id(SampleRequests.kind(route)));
                            for (String query : List.of("", "?limit=x&offset=x&size=x&status=x&update_mask=x")) {
                                own.creator()
                                        .client()
                                        .send(route.method(), path + query, route.takesBody() ? body : null)
                                        .refused(404);
                            }
                        }));
    }

    /** R23: a token's organization is the only one there is, even for a person who belongs to another as well. */
    @TestFactory
    Stream<DynamicTest> knowNothingOfTheCallersOtherOrganizations() {
        return each(
                route -> isAboutTenants(route)
                        && route.isOfOneOrganization()
                        && SampleRequests.kind(route) != SampleRequests.Kind.USER,
                route -> Stream.of(
                                own.creator().session(),
                                own.userToken().value(),
                                own.organizationToken().value())
                        .filter(token -> route.permission() != Permission.TOKENS_ISSUE
                                || !token.equals(own.organizationToken().value()))
                        .forEach(token -> call(client.as(token), route, alsoOwn.id(SampleRequests.kind(route)))
                                .refused(404)));
    }

    /** What belongs to another organization does not exist (R23). */
    @TestFactory
    Stream<DynamicTest> listNothingOfOtherOrganizations() {
        return each(
                route -> route.method().equals("GET") && !route.isForOperators() && !route.isEndless(),
                route -> callers.forEach((name, caller) -> {
                    String path = route.hasId() ? route.with(own.id(SampleRequests.kind(route))) : route.path();
                    for (String query : queries()) {
                        Reply reply = caller.get(path + query);
                        assertThat(reply.status()).as(reply.toString()).isLessThan(500);
                        assertThat(foreign.traces())
                                .as("%s by %s", reply, name)
                                .noneMatch(trace -> reply.body().contains(trace));
                    }
                }));
    }

    /** What belongs to another organization does not exist (R23). */
    @TestFactory
    Stream<DynamicTest> streamNothingOfOtherOrganizations() {
        return each(route -> route.isEndless() && !route.isForOperators(), route -> {
            assertThat(route.path()).as("what Follower reads").isEqualTo("/v1/activities/stream");
            for (String token :
                    List.of(own.creator().session(), own.organizationToken().value())) {
                try (EventStreamClient eventStreamClient = new EventStreamClient(
                        client.as(token),
                        "?organization_id=" + foreign.organization() + "&user_id="
                                + foreign.creator().id())) {
                    eventStreamClient.awaitCount(1);
                    assertThat(eventStreamClient.activities).isNotEmpty();
                    assertThat(foreign.traces()).noneMatch(eventStreamClient.activities.toString()::contains);
                }
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> nameTheIdThatIsNone() {
        return each(Route::hasId, route -> {
            SampleRequests.kind(route);
            for (String id :
                    List.of("no-id", "1", "00000000-0000-4000-8000-00000000000g", "%00", "%27", "x".repeat(200))) {
                Reply refused =
                        call(route.isForOperators() ? operator : own.creator().client(), route, id);
                if (SampleRequests.kind(route) == SampleRequests.Kind.LINK) {
                    assertThat(refused.status()).as(refused.toString()).isIn(400, 404);
                } else if (id.equals("%00")) {
                    assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
                } else {
                    assertThat(refused.refused(400).fields())
                            .as(refused.toString())
                            .containsExactly(route.variables().getFirst());
                }
            }
        });
    }

    private Stream<DynamicTest> each(Predicate<Route> which, ThrowingConsumer<Route> test) {
        return routes.stream().filter(which).map(route -> dynamicTest(route.toString(), () -> test.accept(route)));
    }

    /**
     * A derived credential never exceeds its parent (R17a). Each route lets in the kinds of callers that
     * docs/authorization.md says, and refuses the others by name.
     */
    @TestFactory
    Stream<DynamicTest> letInTheCallersOfTheMatrix() {
        return each(
                route -> !route.isEndless(),
                // Operators can do so much that they are let in by tests of their own.
                route -> Stream.of(CallerType.values())
                        .filter(type -> type != CallerType.OPERATOR || !route.isForOperators())
                        .forEach(type -> {
                            Reply reply = call(
                                    caller(type, route),
                                    route,
                                    UUID.randomUUID().toString());
                            String problem = reply.status() == 401 || reply.status() == 403 ? reply.text("type") : "";
                            boolean letIn = route.permission().isGrantedTo(type, SCOPES);
                            assertThat(reply.status())
                                    .as("%s by %s", reply, type)
                                    .isLessThan(500);
                            assertThat(problem.matches("/problems/(" + WRONG_CALLER + ")"))
                                    .as("%s is refused to %s: %s", route, type, reply)
                                    .isEqualTo(!letIn);
                        }));
    }

    @Test
    void areInTheDocumentedMatrix() throws IOException {
        Path document = Path.of("..", "docs", "authorization.md");
        String text = Files.readString(document);
        int start = text.indexOf(MATRIX_START) + MATRIX_START.length();
        int end = text.indexOf(MATRIX_END);
        if (Boolean.getBoolean("docs.update")) {
            Files.writeString(document, text.substring(0, start) + "\n" + matrix() + text.substring(end));
        }
        assertThat(Files.readString(document))
                .as("Run this test with -Ddocs.update=true to write the matrix")
                .contains(MATRIX_START + "\n" + matrix() + MATRIX_END);
    }

    private String matrix() {
        StringBuilder table = new StringBuilder("| Route |");
        for (CallerType type : CallerType.values()) {
            table.append(' ').append(type.title()).append(" |");
        }
        table.append("\n| --- |")
                .append(" :-: |".repeat(CallerType.values().length))
                .append('\n');
        for (Route route : routes) {
            table.append("| `").append(route).append("` |");
            for (CallerType type : CallerType.values()) {
                table.append(route.permission().isGrantedTo(type, SCOPES) ? " yes |" : " – |");
            }
            table.append('\n');
        }
        return table.toString();
    }

    /** Sessions are new for each call, since some routes end the one that calls them. */
    private Client caller(CallerType type, Route route) {
        TestUser member = own.creator();
        return switch (type) {
            case ANONYMOUS -> client;
            case INTERACTIVE_SESSION ->
                (route.path().endsWith("/logout") ? member.signedInAgain() : member)
                        .in(own.organization())
                        .client();
            case BOUND_SESSION -> member.accessToken("60s").client();
            case USER_TOKEN -> client.as(own.userToken().value());
            case ORGANIZATION_TOKEN -> client.as(own.organizationToken().value());
            case SCOPED_USER_TOKEN -> scopedUserToken;
            case SCOPED_ORGANIZATION_TOKEN -> scopedOrganizationToken;
            case OPERATOR -> operator;
        };
    }

    private static boolean isAboutTenants(Route route) {
        return !route.isForOperators() && route.hasId() && SampleRequests.kind(route) != SampleRequests.Kind.LINK;
    }

    private List<String> queries() {
        String organization = "organization_id=" + foreign.organization();
        String user = "user_id=" + foreign.creator().id();
        return List.of(
                "",
                "?" + organization,
                "?" + user,
                "?" + organization + "&" + user,
                "?" + organization + "&user_id=" + own.creator().id(),
                "?organization_id=" + own.organization() + "&" + user,
                "?search=" + foreign.name(),
                "?name=" + foreign.name(),
                "?limit=100");
    }

    private static Reply call(Client caller, Route route, String id) {
        Map<String, Object> body = SampleRequests.body(route);
        return caller.send(
                route.method(), route.hasId() ? route.with(id) : route.path(), route.takesBody() ? body : null);
    }

    private static String mistyped(String token) {
        char last = token.charAt(63) == 'a' ? 'b' : 'a';
        return token.substring(0, 63) + last;
    }

    private String expiredSession() throws SQLException {
        String session = own.creator().signedInAgain().session();
        expire("sessions", session);
        return session;
    }

    private String endedSession() {
        TestUser testUser = own.creator().signedInAgain();
        testUser.client().delete("/v1/account/logout").ok();
        return testUser.session();
    }

    private String expiredToken() throws SQLException {
        String token = own.creator().token("USER").value();
        expire("tokens", token);
        return token;
    }

    private String revokedToken() {
        TestUser.Token token = own.creator().token("ORGANIZATION");
        own.creator().client().delete("/v1/credentials/" + token.id()).ok();
        return token.value();
    }

    /** Time itself cannot be asked to pass. */
    private static void expire(String table, String token) throws SQLException {
        try (var connection = DATABASE.dataSource().getConnection();
                var statement = connection.prepareStatement(
                        "update " + table + " set expires_at = now() - interval '1 second' where token_hash = ?")) {
            statement.setString(1, TokenCodec.hash(token));
            assertThat(statement.executeUpdate()).isEqualTo(1);
        }
    }
}
