package io.guildhall.infrastructure.outbox.webhook;

import io.guildhall.infrastructure.outbox.webhook.WebhookCursorRepository.WebhookCursor;
import io.guildhall.infrastructure.outbox.webhook.WebhookDeliveryRepository.Due;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What webhooks are sent. */
public interface WebhookMessages {

    /** @param sequence the activity's place in the trail */
    record Message(UUID id, long sequence, String type) {}

    /**
     * Part of a trail.
     *
     * @param end the sequence number up to which the messages are known
     * @param messages those that the webhook is for
     */
    record Page(long end, List<Message> messages) {}

    /** The messages that follow a position in the trail; null when the webhook is gone. */
    @Nullable Page after(WebhookCursor cursor, long position, int activities);

    /** The body of a message; null when its activity is no longer to be had. */
    byte @Nullable [] body(WebhookCursor cursor, Due due);
}
