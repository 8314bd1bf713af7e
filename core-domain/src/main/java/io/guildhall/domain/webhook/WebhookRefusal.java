package io.guildhall.domain.webhook;

import static io.guildhall.domain.shared.Refusal.Kind.ABSENT;
import static io.guildhall.domain.shared.Refusal.Kind.FAILED_PRECONDITION;
import static io.guildhall.domain.shared.Refusal.Kind.MALFORMED;

import io.guildhall.domain.shared.DisplayText;
import io.guildhall.domain.shared.Refusal;

/** Why a webhook is not created or changed. */
public sealed interface WebhookRefusal extends Refusal {

    @Override
    default Kind kind() {
        return MALFORMED;
    }

    record NoSuchWebhook() implements WebhookRefusal {
        @Override
        public Kind kind() {
            return ABSENT;
        }

        @Override
        public String explanation() {
            return "There is no such webhook.";
        }
    }

    record TooManyWebhooks(int most) implements WebhookRefusal {
        @Override
        public Kind kind() {
            return FAILED_PRECONDITION;
        }

        @Override
        public String explanation() {
            return "An organization can have at most %d webhooks. Delete one first.".formatted(most);
        }
    }

    record UrlMalformed() implements WebhookRefusal {
        @Override
        public String field() {
            return "url";
        }

        @Override
        public String explanation() {
            return "url must have 1 to 2048 characters and no control characters.";
        }
    }

    record TypesMalformed() implements WebhookRefusal {
        @Override
        public String field() {
            return "types";
        }

        @Override
        public String explanation() {
            return "types must be at most 50, each such as organization_member or organization_member.joined.";
        }
    }

    record WebhookDescriptionMalformed() implements WebhookRefusal {
        @Override
        public String field() {
            return "description";
        }

        @Override
        public String explanation() {
            return "description must have at most 1024 characters, and %s; line breaks are allowed."
                    .formatted(DisplayText.RULE);
        }
    }
}
