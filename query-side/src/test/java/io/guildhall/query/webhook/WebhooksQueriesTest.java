package io.guildhall.query.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.webhook.WebhookEvent.WebhookChanged;
import io.guildhall.domain.webhook.WebhookEvent.WebhookDeleted;
import io.guildhall.domain.webhook.WebhookEvent.WebhookDisabled;
import io.guildhall.domain.webhook.WebhookEvent.WebhookEnabled;
import io.guildhall.domain.webhook.WebhookEvent.WebhookSecretRotated;
import io.guildhall.query.ReadModels;
import io.guildhall.query.Story;
import io.guildhall.query.activity.ActivityPage;
import io.guildhall.query.activity.ListActivities;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WebhooksQueriesTest {

    @RegisterExtension
    final ReadModels models = new ReadModels();

    private final Story story = new Story(models);
    private UUID ada;
    private UUID acme;

    @BeforeEach
    void anOrganization() {
        ada = story.person("Ada");
        acme = story.organization("acme", ada);
    }

    private WebhookView find(UUID webhook) {
        return models.ask(new FindWebhook(acme, webhook), WebhookView.class);
    }

    private WebhookPage list(long limit, long offset) {
        return models.ask(new ListWebhooks(acme, limit, offset), WebhookPage.class);
    }

    @Test
    void findOneAsItStandsNow() {
        Instant created = models.now();
        UUID webhook = story.webhook(acme, ada, "https://one.example/?key=1");
        assertThat(find(webhook))
                .isEqualTo(new WebhookView(
                        webhook.toString(),
                        acme.toString(),
                        "https://one.example/?key=1",
                        List.of("credential", "organization_member.joined"),
                        "ours",
                        "ENABLED",
                        null,
                        created,
                        created));
        assertThat(models.ask(new FindWebhook(UUID.randomUUID(), webhook), WebhookView.class))
                .isNull();

        models.happened(
                Story.by(ada),
                new WebhookChanged(
                        acme, webhook, story.seal(acme, "https://two.example/"), "", story.seal(acme, "new"), ada));
        models.happened(Story.by(ada), new WebhookDisabled(acme, webhook, "GONE"));
        Instant rotated = models.now();
        models.happened(Story.by(ada), new WebhookSecretRotated(acme, webhook, UUID.randomUUID()));

        WebhookView found = find(webhook);
        assertThat(found.url()).isEqualTo("https://two.example/");
        assertThat(found.types()).isEmpty();
        assertThat(found.description()).isEqualTo("new");
        assertThat(found.status()).isEqualTo("DISABLED");
        assertThat(found.disabledReason()).isEqualTo("GONE");
        assertThat(found.updatedAt()).isEqualTo(rotated);
        models.happened(Story.by(ada), new WebhookEnabled(acme, webhook, ada));
        assertThat(find(webhook).status()).isEqualTo("ENABLED");
    }

    @Test
    void listWhatIsNotDeletedOldestFirst() {
        UUID first = story.webhook(acme, ada, "https://one.example/");
        UUID second = story.webhook(acme, ada, "https://two.example/");
        assertThat(list(1, 1).webhooks()).extracting(WebhookView::id).containsExactly(second.toString());
        assertThat(list(1, 0).count()).isEqualTo(2);

        models.happened(Story.by(ada), new WebhookDeleted(acme, first));

        assertThat(list(10, 0).webhooks()).extracting(WebhookView::id).containsExactly(second.toString());
        assertThat(find(first)).isNull();
        assertThat(models.rows().get("webhooks").toString()).doesNotContain("one.example");
    }

    @Test
    void areNamedInTheTrailByTheirHostAlone() {
        UUID webhook = story.webhook(acme, ada, "https://one.example/in?key=1");

        ActivityPage trail = models.ask(new ListActivities(acme, List.of("webhook"), 10, 0), ActivityPage.class);

        assertThat(trail.activities()).singleElement().satisfies(activity -> {
            assertThat(activity.verb()).isEqualTo("created");
            assertThat(activity.object().id()).isEqualTo(webhook.toString());
            assertThat(activity.object().name()).isEqualTo("one.example");
            assertThat(activity.object().deleted()).isFalse();
        });
    }
}
