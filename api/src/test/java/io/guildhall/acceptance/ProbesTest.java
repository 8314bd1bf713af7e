package io.guildhall.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What a balancer, a Prometheus and an operator learn of the state of the service, and that nobody else does. */
class ProbesTest extends AcceptanceTestBase {

    @Test
    void tellEverybodyWhetherItLivesAndIsReadyAndNothingMore() {
        for (String probe : List.of("liveness", "readiness")) {
            assertThat(client.get("/actuator/health/" + probe).ok().body()).isEqualTo("{\"status\":\"UP\"}");
        }
        assertThat(client.get("/actuator/health").body()).doesNotContain("components");
        client.get("/actuator/health/store").refused(404);
    }

    @Test
    void tellOperatorsWhy() {
        Reply readiness = operator.get("/actuator/health/readiness").ok();
        assertThat(readiness.at("components").propertyNames())
                .containsExactlyInAnyOrder("readinessState", "store", "mail", "projections", "masterKey");
        assertThat(readiness.at("components.mail.details.leaving").booleanValue())
                .isTrue();
        assertThat(operator.get("/actuator/health").ok().at("components").propertyNames())
                .contains("livenessState", "store", "mail", "trails");
    }

    @Test
    void tellWhatIsMeasuredToWhoHasAKeyForIt() {
        for (String key : List.of(OPERATOR_KEY, METRICS_KEY)) {
            assertThat(client.as(key).get("/actuator/prometheus").ok().body()).contains("jvm_memory_used_bytes");
        }
    }

    @Test
    void tellNobodyElse() {
        TestUser ada = client.newcomer().creator("starter");
        for (String key : new String[] {
            null,
            "",
            "wrong",
            METRICS_KEY + "x",
            ada.session(),
            ada.token("USER").value()
        }) {
            client.as(key).get("/actuator/prometheus").refused(401);
        }
        client.as("wrong").get("/actuator/health").refused(401);
        client.get("/%61ctuator/prometheus").refused(401);
        assertThat(client.as(METRICS_KEY).get("/actuator/health/readiness").ok().body())
                .doesNotContain("components");
    }

    @Test
    void giveTheKeyOfTheMetricsNoOtherUse() {
        client.as(METRICS_KEY).get("/operator/v1/mails").refused(401);
        client.as(METRICS_KEY).get("/v1/account/profile").refused(401);
    }

    @Test
    void showNothingElseOfTheActuator() {
        for (String path : List.of("", "/env", "/beans", "/heapdump", "/loggers", "/metrics", "/shutdown")) {
            operator.get("/actuator" + path).refused(404);
        }
    }
}
