package io.guildhall.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guildhall.api.GuildhallApplication;
import io.guildhall.infrastructure.datasource.NodeClock;
import io.guildhall.testing.TestDatabase;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** Two nodes on one database: the clock of one is two minutes ahead, that of the other two minutes behind. Both tell the database's time. */
@Tag("e2e")
class ClockSkewTest {

    private static final int AHEAD = 0;
    private static final int BEHIND = 1;

    private static final List<ConfigurableApplicationContext> NODES = new ArrayList<>();

    @TempDir
    private static Path home;

    @BeforeAll
    static void start() {
        TestDatabase database = TestDatabase.empty();
        NODES.add(node(database, Duration.ofMinutes(2)));
        NODES.add(node(database, Duration.ofMinutes(-2)));
    }

    @AfterAll
    static void stop() {
        NODES.forEach(ConfigurableApplicationContext::close);
    }

    private static ConfigurableApplicationContext node(TestDatabase database, Duration skew) {
        List<String> arguments = new ArrayList<>(List.of("--server.port=0", "--guildhall.home=" + home));
        database.describeTo((name, value) -> arguments.add("--" + name + "=" + value.get()));
        NodeClock clock = () -> Instant.now().plus(skew);
        return new SpringApplicationBuilder(GuildhallApplication.class)
                .initializers(context -> ((GenericApplicationContext) context)
                        .registerBean(
                                "skewedClock", NodeClock.class, () -> clock, definition -> definition.setPrimary(true)))
                .run(arguments.toArray(String[]::new));
    }

    private static Client client(int node) {
        String port = NODES.get(node).getEnvironment().getRequiredProperty("local.server.port");
        return new Client(URI.create("http://localhost:" + port), home.resolve("mail"));
    }

    @ParameterizedTest
    @ValueSource(ints = {AHEAD, BEHIND})
    void tokensLastAsLongAsTheyShouldOnTheOtherNode(int maker) {
        URI other = client(1 - maker).base();
        TestUser creator = client(maker).newcomer().creator("hobby");

        TestUser access = creator.accessToken("30s").at(other);

        access.client().get("/v1/organization_members").ok();
        Instant end = Instant.parse(access.client()
                .post("/v1/credentials", Map.of("name", "deploy", "type", "USER"))
                .ok()
                .text("credential.expires_at"));
        assertThat(end).isBetween(Instant.now().plusSeconds(5), Instant.now().plusSeconds(31));
    }

    @ParameterizedTest
    @ValueSource(ints = {AHEAD, BEHIND})
    void tokensEndOnBothNodes(int maker) {
        Client other = client(1 - maker);
        TestUser access = client(maker).newcomer().creator("hobby").accessToken("2s");

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            access.client().get("/v1/organization_members").refused(401);
            access.at(other.base()).client().get("/v1/organization_members").refused(401);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {AHEAD, BEHIND})
    void eventsHappenedWhenTheyHappened(int node) {
        TestUser ada = client(node).signUp(Client.unusedEmail());

        Instant created =
                Instant.parse(ada.client().get("/v1/account/profile").ok().text("user.created_at"));

        assertThat(Duration.between(created, Instant.now()).abs()).isLessThan(Duration.ofSeconds(30));
    }

    /** The limit is 60 sign-ins per minute: a bucket that one node empties stays empty for a node two minutes ahead. */
    @Test
    void limitsHoldOverBothNodes() {
        Client behind = client(BEHIND);
        Map<String, String> wrong = Map.of("email", Client.unusedEmail(), "password", "wrong password");
        for (int i = 0; i < 10; i++) {
            behind.post("/v1/account/login", wrong).refused(401);
        }

        behind.post("/v1/account/login", wrong).refused(429);
        client(AHEAD).post("/v1/account/login", wrong).refused(429);
    }
}
