package io.guildhall.api.webhook;

import io.guildhall.api.query.QueryDispatcher;
import io.guildhall.api.webhook.WebhookCursorRepository.WebhookCursor;
import io.guildhall.api.webhook.WebhookDeliveryRepository.Due;
import io.guildhall.infrastructure.command.ReadModelProgress;
import io.guildhall.query.activity.ActivityFilter;
import io.guildhall.query.activity.ActivityPage;
import io.guildhall.query.activity.ActivityView;
import io.guildhall.query.activity.ListActivities;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** What is said to receivers: an activity as it is read now, in the JSON of the published contract. */
@Component
class WebhookPayloads {

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
    record Message(String type, Instant timestamp, Object data) {}

    /** What a test says. */
    record Greeting(String webhookId, String message) {}

    /** What receivers know a message by: the same in each attempt. */
    static String wireId(UUID message) {
        return "msg_" + message;
    }

    static String typeOf(ActivityView activity) {
        return activity.object().type() + "." + activity.verb();
    }

    /** Whether a webhook for these types is for this activity: types of objects, alone or with a verb, or names of events. */
    static boolean wanted(List<String> types, ActivityView activity) {
        return types.isEmpty()
                || types.contains(activity.object().type())
                || types.contains(typeOf(activity))
                || types.contains(activity.event());
    }

    ActivityPage after(UUID organization, long position, int most) {
        return queries.ask(
                new ListActivities(organization, ActivityFilter.everything(), true, position, most, 0),
                ActivityPage.class);
    }

    /** Null when the activity is no longer to be had. */
    byte @Nullable [] body(WebhookCursor cursor, Due due) {
        Long sequence = due.sequence();
        if (sequence == null) {
            return bytes(new Message(
                    due.type(), due.createdAt(), new Greeting(cursor.webhook().toString(), "This is a test.")));
        }
        awaitNames();
        return after(cursor.organization(), sequence - 1, 1).activities().stream()
                .filter(activity -> activity.sequence() == sequence)
                .findFirst()
                .map(activity -> bytes(new Message(due.type(), activity.createdAt(), activity)))
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

    private byte[] bytes(Message message) {
        return json.writeValueAsBytes(message);
    }
}
