package io.guildhall.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.guildhall.api.security.Permission;
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

/** An API token can be handed out for reading the trail, and is good for nothing else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScopesTest extends AcceptanceTestBase {

    private final List<Route> routes;
    private TenantFixture own;
    private Client auditor;
    private Client auditorInPerson;

    ScopesTest(@Autowired @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mapping) {
        this.routes = Route.all(mapping);
    }

    @BeforeAll
    void found() {
        own = TenantFixture.of(client.newcomer());
        auditor = client.as(issue("ORGANIZATION").text("credential.token"));
        auditorInPerson = client.as(issue("USER").text("credential.token"));
    }

    @Test
    void areShownWithTheToken() {
        Reply issued = issue("ORGANIZATION");
        assertThat(issued.at("credential.scopes").values())
                .singleElement()
                .satisfies(scope -> assertThat(scope.stringValue()).isEqualTo("activities:read"));
        Client ada = own.creator().client();
        String path = "/v1/credentials/" + issued.text("credential.id");
        assertThat(ada.get(path).ok().at("credential.scopes")).hasSize(1);
        assertThat(ada.patch(path, Map.of("name", "for the auditor")).ok().at("credential.scopes"))
                .hasSize(1);
        assertThat(ada.get("/v1/credentials/" + own.userToken().id())
                        .ok()
                        .at("credential.scopes")
                        .isMissingNode())
                .isTrue();
    }

    @Test
    void areRefusedWhereThereAreNoSuch() {
        for (List<String> scopes :
                List.of(List.<String>of(), List.of("*"), List.of("activities:read", "members:read"))) {
            Reply refused = own.creator()
                    .client()
                    .post("/v1/credentials", Map.of("name", "auditor", "type", "USER", "scopes", scopes));
            assertThat(refused.refused(400).fields()).containsExactly("scopes");
        }
    }

    @Test
    void letTheTrailBeReadInEveryWay() throws InterruptedException {
        for (Client reader : List.of(auditor, auditorInPerson)) {
            for (String path : List.of(
                    "/v1/activities",
                    "/v1/activities/checkpoint",
                    "/v1/activities/consistency?from=1",
                    "/v1/activities/export?format=csv",
                    "/v1/activities/" + own.activity() + "/proof")) {
                reader.get(path).ok();
            }
            try (EventStreamClient eventStreamClient = new EventStreamClient(reader, "")) {
                eventStreamClient.awaitCount(1);
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> keepOutOfEverythingElse() {
        return routes.stream()
                .filter(route -> !route.isPublic() && !route.isForOperators())
                .filter(route -> route.permission() != Permission.TRAIL_READ
                        && route.permission() != Permission.ORGANIZATION_SWITCH)
                .map(route -> dynamicTest(route.toString(), () -> {
                    String path = route.hasId() ? route.with(own.id(SampleRequests.kind(route))) : route.path();
                    for (Client reader : List.of(auditor, auditorInPerson)) {
                        Reply refused = reader.send(
                                route.method(), path, route.takesBody() ? SampleRequests.body(route) : null);
                        assertThat(refused.refused(403).message())
                                .isEqualTo("This API token is limited by its scopes, which do not allow this.");
                    }
                }));
    }

    @Test
    void limitASessionThatIsMadeWithTheToken() {
        Client session = client.as(auditorInPerson
                .post("/v1/organizations/" + own.organization() + "/switch")
                .ok()
                .text("token.id"));

        session.get("/v1/activities").ok();
        session.get("/v1/organization_members").refused(403);
        session.get("/v1/account/profile").refused(403);
    }

    /** A token that comes along on a route for everybody is nobody's there, if it is limited. */
    @Test
    void areNobodyWhereEverybodyMayCall() {
        auditor.get("/v1/activities/key").ok();
        String link = "/v1/invitation_links/" + "x".repeat(43);
        assertThat(auditor.get(link).status()).isEqualTo(client.get(link).status());
    }

    private Reply issue(String type) {
        return own.creator()
                .client()
                .post("/v1/credentials", Map.of("name", "auditor", "type", type, "scopes", List.of("activities:read")))
                .ok();
    }
}
