package io.guildhall.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What webhooks cannot be, as the service is configured by default. */
class WebhookRejectionssTest extends AcceptanceTestBase {

    private static final String URL = "https://receiver.invalid/hook";

    private TestUser ada;

    @BeforeEach
    void anOrganization() {
        ada = client.newcomer().creator("starter");
    }

    private void refuses(String field, Map<String, Object> body) {
        assertThat(ada.client().post("/v1/webhooks", body).refused(400).fields())
                .containsExactly(field);
    }

    @Test
    void nameTheFieldThatCannotBe() {
        refuses("url", Map.of());
        for (String url : List.of(
                "http://receiver.invalid/",
                "https://user:password@receiver.invalid/",
                "https://127.0.0.1/",
                "https://[::ffff:169.254.169.254]/",
                "https://localhost/",
                "https://receiver.invalid/" + "x".repeat(2048))) {
            refuses("url", Map.of("url", url));
        }
        refuses("types", Map.of("url", URL, "types", List.of("nonsense")));
        refuses("types", Map.of("url", URL, "types", List.of("credential.")));
        Map<String, Object> withNull = new HashMap<>(Map.of("url", URL));
        withNull.put("types", Arrays.asList("credential", null));
        refuses("types[1]", withNull);
        refuses("description", Map.of("url", URL, "description", "d".repeat(1025)));
        TestUser.Webhook webhook = ada.webhook(URL);
        String path = "/v1/webhooks/" + webhook.id();
        assertThat(ada.client()
                        .patch(path, Map.of("status", "ASLEEP"))
                        .refused(400)
                        .fields())
                .containsExactly("status");
        assertThat(ada.client()
                        .get(path + "/deliveries?status=LOST")
                        .refused(400)
                        .fields())
                .containsExactly("status");
        assertThat(ada.client().post(path + "/resend", Map.of()).refused(400).fields())
                .containsExactly("delivery");
        assertThat(ada.client()
                        .post(path + "/resend", Map.of("after", -1))
                        .refused(400)
                        .fields())
                .containsExactly("after");
        ada.client()
                .post(path + "/resend", Map.of("delivery", UUID.randomUUID()))
                .refused(404);
    }

    @Test
    void knowNoDeliveryOfAnotherWebhook() {
        String first = "/v1/webhooks/" + ada.webhook(URL).id();
        String second = "/v1/webhooks/" + ada.webhook(URL).id();
        String delivery = ada.client().post(first + "/test").ok().text("delivery.id");

        ada.client().post(second + "/resend", Map.of("delivery", delivery)).refused(404);
    }

    @Test
    void areTenAtMost() {
        for (int i = 0; i < 10; i++) {
            ada.webhook(URL);
        }
        assertThat(ada.client()
                        .post("/v1/webhooks", Map.of("url", URL))
                        .refused(400)
                        .message())
                .contains("at most 10");
        assertThat(ada.client().get("/v1/webhooks?limit=3").ok().at("count").longValue())
                .isEqualTo(10);
    }

    /** This machine's name is a name like any other, until it is looked up. */
    @Test
    void areNeverSentToThisMachineWhateverItIsCalled() throws Exception {
        String host = InetAddress.getLocalHost().getHostName();
        TestUser.Webhook webhook = ada.webhook("https://%s/hook".formatted(host));
        ada.client().post("/v1/webhooks/" + webhook.id() + "/test").ok();

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(ada.client()
                                .get("/v1/webhooks/" + webhook.id() + "/deliveries")
                                .ok()
                                .texts("deliveries", "error"))
                        .contains("no-public-address"));
    }
}
