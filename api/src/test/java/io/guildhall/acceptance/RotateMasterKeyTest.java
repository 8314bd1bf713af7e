package io.guildhall.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** The master key is rotated, and nobody notices. */
class RotateMasterKeyTest extends AcceptanceTestBase {

    @Test
    void everythingGoesOn() {
        TenantFixture tenantFixture = TenantFixture.of(client.newcomer());
        TestUser creator = tenantFixture.creator();
        String checkpoint =
                creator.client().get("/v1/activities/checkpoint").ok().body();
        String members = creator.client().get("/v1/organization_members").ok().body();
        JdbcTemplate sql = new JdbcTemplate(DATABASE.dataSource());
        byte[] signingKey = sql.queryForObject("select wrapped from signing_key", byte[].class);

        int generation = operator.post("/operator/v1/master_key/rotate")
                .ok()
                .at("generation")
                .intValue();

        assertThat(generation).isGreaterThan(1);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> operator.get("/operator/v1/master_key")
                                .ok()
                                .at("keys_behind")
                                .asLong()
                        == 0);
        assertThat(sql.queryForObject("select wrapped from signing_key", byte[].class))
                .isNotEqualTo(signingKey);
        assertThat(sql.queryForObject(
                        "select count(*) from personal_keys where generation < ?", Long.class, generation))
                .isZero();
        assertThat(creator.client().get("/v1/organization_members").ok().body()).isEqualTo(members);
        assertThat(creator.client().get("/v1/activities/checkpoint").ok().body())
                .isEqualTo(checkpoint);
        client.as(tenantFixture.organizationToken().value())
                .get("/v1/activities")
                .ok();
        assertThat(client.signIn(creator.email(), creator.password()).ok().text("token.id"))
                .isNotEmpty();
        assertThat(client.post(
                                "/v1/account/signup",
                                Map.of("name", "Ada", "email", creator.email(), "password", creator.password()))
                        .status())
                .isEqualTo(400);
        TestUser guest = creator.welcome(client.newcomer());
        guest.client().get("/v1/activities").ok();
    }
}
