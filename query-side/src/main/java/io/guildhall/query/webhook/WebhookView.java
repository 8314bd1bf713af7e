package io.guildhall.query.webhook;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A webhook as its organization's members see it, without its secret.
 *
 * @param types the types of activities to send; empty for all
 * @param status ENABLED or DISABLED
 * @param disabledReason REQUESTED, MEMBERSHIP_ENDED (its creator left), GONE (the receiver answered 410) or FAILING (no
 *     delivery succeeded for days); null while enabled
 */
public record WebhookView(
        String id,
        String organizationId,
        String url,
        List<String> types,
        String description,
        String status,
        @Nullable String disabledReason,
        Instant createdAt,
        Instant updatedAt) {}
