package io.guildhall.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.api.Guildhall;
import io.guildhall.api.datasource.NodeTime;
import io.guildhall.testing.TestDatabase;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A node whose clock is two minutes slow tells the same time as the database, and so as every other node. */
@SpringBootTest(classes = Guildhall.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@Import(ClockSkewTest.SlowNode.class)
@DirtiesContext
class ClockSkewTest {

    private static final TestDatabase DATABASE = TestDatabase.empty();

    @TempDir
    private static Path home;

    @LocalServerPort
    private int port;

    private Client client;

    @TestConfiguration(proxyBeanMethods = false)
    static class SlowNode {

        @Bean
        @Primary
        NodeTime slow() {
            return () -> Instant.now().minus(Duration.ofMinutes(2));
        }
    }

    @DynamicPropertySource
    static void configuration(DynamicPropertyRegistry properties) {
        DATABASE.describeTo(properties::add);
        properties.add("guildhall.home", home::toString);
    }

    @BeforeEach
    void connect() {
        client = new Client(URI.create("http://localhost:" + port), home.resolve("mail"));
    }

    /** What is asked for to last half a minute would have ended before it began. */
    @Test
    void makesTokensThatLastAsLongAsTheyShould() {
        Person creator = client.signUp(Client.unusedEmail()).validate().creator("hobby");

        Person access = creator.accessToken("30s");

        access.client().get("/v1/organization_members").ok();
        Instant end = Instant.parse(access.client()
                .post("/v1/credentials", Map.of("name", "deploy", "type", "USER"))
                .ok()
                .text("credential.expires_at"));
        assertThat(end).isBetween(Instant.now().plusSeconds(5), Instant.now().plusSeconds(31));
    }

    @Test
    void tellsWhenSomethingHappened() {
        Person ada = client.signUp(Client.unusedEmail());

        Instant created =
                Instant.parse(ada.client().get("/v1/account/profile").ok().text("user.created_at"));

        assertThat(Duration.between(created, Instant.now()).abs()).isLessThan(Duration.ofSeconds(30));
    }
}
