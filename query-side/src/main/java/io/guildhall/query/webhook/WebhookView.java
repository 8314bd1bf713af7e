package io.guildhall.query.webhook;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A webhook as its organization's members see it; never with its secret.
 *
 * @param types of activities that are sent; all when there are none
 * @param status ENABLED or DISABLED
 * @param disabledReason REQUESTED, MEMBERSHIP_ENDED (the member who created it left), GONE (the receiver said 410) or FAILING (nothing arrived for days); null while enabled
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
