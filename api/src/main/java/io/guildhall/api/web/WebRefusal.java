package io.guildhall.api.web;

import io.guildhall.domain.shared.Quantity;
import io.guildhall.domain.shared.Refusal;
import java.time.Duration;

/** Why a request is refused before any rule of the domain is asked. */
public sealed interface WebRefusal extends Refusal {

    /** An input that cannot be what it should be. The explanation does not repeat it. */
    record FieldMalformed(String field, String explanation) implements WebRefusal {

        @Override
        public Kind kind() {
            return Kind.MALFORMED;
        }
    }

    /** Nothing of this kind, or not for this caller (R23). */
    record NotFound(String what) implements WebRefusal {

        @Override
        public Kind kind() {
            return Kind.ABSENT;
        }

        @Override
        public String explanation() {
            return "There is no such " + what + ".";
        }
    }

    /** For callers who hold the secret of an invitation's link. */
    record InvitationRevoked() implements WebRefusal {

        @Override
        public Kind kind() {
            return Kind.ABSENT;
        }

        @Override
        public String explanation() {
            return "This invitation was revoked. Ask a member of the organization for a new one.";
        }
    }

    /** For callers who hold the secret of a link that an invitation had before it was sent again (R12). */
    record LinkReplaced() implements WebRefusal {

        @Override
        public Kind kind() {
            return Kind.ABSENT;
        }

        @Override
        public String explanation() {
            return "This link was replaced when the invitation was sent again. Follow the link in the latest mail.";
        }
    }

    /** What is asked for cannot be while something else is. */
    record Conflicting(String explanation) implements WebRefusal {

        @Override
        public Kind kind() {
            return Kind.FAILED_PRECONDITION;
        }
    }

    record NeedsAPerson() implements WebRefusal {

        @Override
        public Kind kind() {
            return Kind.FORBIDDEN;
        }

        @Override
        public String explanation() {
            return "This needs a person: an organization's API token belongs to none.";
        }
    }

    record NeedsASession() implements WebRefusal {

        @Override
        public Kind kind() {
            return Kind.FORBIDDEN;
        }

        @Override
        public String explanation() {
            return "This needs a session: an API token has none.";
        }
    }

    record NeedsAnOrganization() implements WebRefusal {

        @Override
        public Kind kind() {
            return Kind.FORBIDDEN;
        }

        @Override
        public String explanation() {
            return "This session has no current organization. Switch to one first.";
        }
    }

    record RoleInsufficient() implements WebRefusal {

        @Override
        public Kind kind() {
            return Kind.FORBIDDEN;
        }

        @Override
        public String explanation() {
            return "Your role in the organization does not allow this.";
        }
    }

    /** @param what what there is too much of, such as "Too many requests" */
    record RateLimitExceeded(String what, Duration retryAfter) implements WebRefusal {

        @Override
        public Kind kind() {
            return Kind.THROTTLED;
        }

        @Override
        public String explanation() {
            return "%s. Try again in %s.".formatted(what, Quantity.of(seconds(), "second"));
        }

        /** Rounded up. */
        public long seconds() {
            return Math.max(1, retryAfter.plusMillis(999).toSeconds());
        }
    }
}
