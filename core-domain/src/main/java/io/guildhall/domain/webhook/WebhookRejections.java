package io.guildhall.domain.webhook;

import static io.guildhall.domain.shared.Rejection.failedPrecondition;
import static io.guildhall.domain.shared.Rejection.invalidArgument;
import static io.guildhall.domain.shared.Rejection.notFound;

import io.guildhall.domain.shared.DisplayText;
import io.guildhall.domain.shared.Rejection;

/** Rejections of commands about webhooks. */
public final class WebhookRejections {

    public static final Rejection NO_SUCH_WEBHOOK = notFound("no-such-webhook", "There is no such webhook.");

    public static final Rejection URL_MALFORMED = invalidArgument(
            "webhook-url-malformed", "url", "url must have 1 to 2048 characters and no control characters.");

    public static final Rejection TYPES_MALFORMED = invalidArgument(
            "webhook-types-malformed",
            "types",
            "types must be at most 50, each such as organization_member or organization_member.joined.");

    public static final Rejection DESCRIPTION_MALFORMED = invalidArgument(
            "webhook-description-malformed",
            "description",
            "description must have at most 1024 characters, and " + DisplayText.RULE + "; line breaks are allowed.");

    private WebhookRejections() {}

    public static Rejection tooManyWebhooks(int max) {
        return failedPrecondition(
                "too-many-webhooks", "An organization can have at most %d webhooks. Delete one first.".formatted(max));
    }
}
