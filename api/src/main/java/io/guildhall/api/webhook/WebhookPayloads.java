package io.guildhall.api.webhook;

import io.guildhall.api.query.QueryDispatcher;
import io.guildhall.infrastructure.command.ReadModelProgress;
import io.guildhall.infrastructure.outbox.webhook.WebhookCursorRepository.WebhookCursor;
import io.guildhall.infrastructure.outbox.webhook.WebhookDeliveryRepository.Due;
import io.guildhall.infrastructure.outbox.webhook.WebhookMessages;
import io.guildhall.query.activity.ActivityFilter;
import io.guildhall.query.activity.ActivityPage;
import io.guildhall.query.activity.ActivityView;
import io.guildhall.query.activity.ListActivities;
import io.guildhall.query.webhook.FindWebhook;
import io.guildhall.query.webhook.WebhookView;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** What is said to receivers: an activity as it is read now, in the JSON of the published contract. */
@Component
class WebhookPayloads implements WebhookMessages {

    private final QueryDispatcher queries;
    private final ReadModelProgress readModelProgress;
    private final JsonMapper json;

    WebhookPayloads(QueryDispatcher queries, ReadModelProgress readModelProgress, JsonMapper json) {
        this.queries = queries;
        this.readModelProgress = readModelProgress;
        this.json = json;
    }

    /**
     * The body, as the specification has it.
     *
     * @param type the object's type and the verb, such as {@code organization_member.joined}
     * @param data an activity
     */
    record Body(String type, Instant timestamp, Object data) {}

    /** What a test says. */
    record Greeting(String webhookId, String message) {}

    private static String typeOf(ActivityView activity) {
        return activity.object().type() + "." + activity.verb();
    }

    /** Whether a webhook for these types is for this activity: types of objects, alone or with a verb, or names of events. */
    private static boolean wanted(List<String> types, ActivityView activity) {
        return types.isEmpty()
                || types.contains(activity.object().type())
                || types.contains(typeOf(activity))
                || types.contains(activity.event());
    }

    @Override
    public @Nullable Page after(WebhookCursor cursor, long position, int activities) {
        WebhookView webhook = queries.find(new FindWebhook(cursor.organization(), cursor.webhook()), WebhookView.class);
        if (webhook == null) {
            return null;
        }
        ActivityPage page = read(cursor.organization(), position, activities);
        // Activities past their retention are not on the page.
        long end = page.activities().isEmpty()
                ? page.head()
                : page.activities().getLast().sequence();
        return new Page(
                end,
                page.activities().stream()
                        .filter(activity -> wanted(webhook.types(), activity))
                        .map(activity ->
                                new Message(UUID.fromString(activity.id()), activity.sequence(), typeOf(activity)))
                        .toList());
    }

    private ActivityPage read(UUID organization, long position, int most) {
        return queries.ask(
                new ListActivities(organization, ActivityFilter.everything(), true, position, most, 0),
                ActivityPage.class);
    }

    @Override
    public byte @Nullable [] body(WebhookCursor cursor, Due due) {
        Long sequence = due.sequence();
        if (sequence == null) {
            return bytes(new Body(
                    due.type(), due.createdAt(), new Greeting(cursor.webhook().toString(), "This is a test.")));
        }
        awaitNames();
        return read(cursor.organization(), sequence - 1, 1).activities().stream()
                .filter(activity -> activity.sequence() == sequence)
                .findFirst()
                .map(activity -> bytes(new Body(due.type(), activity.createdAt(), activity)))
                .orElse(null);
    }

    /** Those who are named may be shown later than what they did. */
    private void awaitNames() {
        try {
            if (!readModelProgress.level()) {
                throw new IllegalStateException("The read models are not level");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private byte[] bytes(Body body) {
        return json.writeValueAsBytes(body);
    }
}
