package io.guildhall.domain.user;

import static io.guildhall.domain.shared.Refusal.Kind.ABSENT;
import static io.guildhall.domain.shared.Refusal.Kind.FAILED_PRECONDITION;
import static io.guildhall.domain.shared.Refusal.Kind.FORBIDDEN;
import static io.guildhall.domain.shared.Refusal.Kind.MALFORMED;

import io.guildhall.domain.shared.DisplayText;
import io.guildhall.domain.shared.Refusal;
import org.jspecify.annotations.Nullable;

/** Why a user, or a session of it, says no. */
public sealed interface UserRefusal extends Refusal {

    record EmailMalformed() implements UserRefusal {
        @Override
        public Kind kind() {
            return MALFORMED;
        }

        @Override
        public String field() {
            return "email";
        }

        @Override
        public String explanation() {
            return "email must be an e-mail address of at most 254 characters, such as ada@example.com.";
        }
    }

    record EmailTaken() implements UserRefusal {
        @Override
        public Kind kind() {
            return MALFORMED;
        }

        @Override
        public String field() {
            return "email";
        }

        @Override
        public String explanation() {
            return "There is a user with this e-mail address already. Sign in, or reset its password.";
        }
    }

    record PersonNameMalformed() implements UserRefusal {
        @Override
        public Kind kind() {
            return MALFORMED;
        }

        @Override
        public String field() {
            return "name";
        }

        @Override
        public String explanation() {
            return "name must have 1 to 128 characters, at least one of them visible, and %s."
                    .formatted(DisplayText.RULE);
        }
    }

    record EmailNotValidated() implements UserRefusal {
        @Override
        public Kind kind() {
            return FAILED_PRECONDITION;
        }

        @Override
        public String explanation() {
            return "Validate your e-mail address first: follow the link in the mail that was sent to it, or ask for another mail.";
        }
    }

    record LinkNoLongerValid() implements UserRefusal {
        @Override
        public Kind kind() {
            return FAILED_PRECONDITION;
        }

        @Override
        public String field() {
            return "id";
        }

        @Override
        public String explanation() {
            return "This link has expired, was used already, or was replaced by a newer one. Ask for a new mail.";
        }
    }

    /**
     * A user is a member of a limited number of organizations (R6).
     *
     * @param contact where the operator can be reached, or null if the operator names no contact
     */
    record MembershipLimitReached(int limit, @Nullable String contact) implements UserRefusal {
        @Override
        public Kind kind() {
            return FAILED_PRECONDITION;
        }

        @Override
        public String explanation() {
            return "You are a member of %d organizations, and %d is your limit. Leave one first, or ask the operator%s to raise the limit."
                    .formatted(limit, limit, contact == null ? "" : " (" + contact + ")");
        }
    }

    record LimitOutOfRange() implements UserRefusal {
        @Override
        public Kind kind() {
            return MALFORMED;
        }

        @Override
        public String field() {
            return "limit";
        }

        @Override
        public String explanation() {
            return "limit must be between 5 and 1000000: an operator can raise a user's limit, not lower it.";
        }
    }

    record PasswordChangedConcurrently() implements UserRefusal {
        @Override
        public Kind kind() {
            return FORBIDDEN;
        }

        @Override
        public String explanation() {
            return "The password was changed while you signed in. Sign in again.";
        }
    }

    record NotAMember() implements UserRefusal {
        @Override
        public Kind kind() {
            return ABSENT;
        }

        @Override
        public String explanation() {
            return "There is no such organization.";
        }
    }

    record StillAMember() implements UserRefusal {
        @Override
        public Kind kind() {
            return FAILED_PRECONDITION;
        }

        @Override
        public String explanation() {
            return "You still belong to an organization. Leave or delete all of your organizations first.";
        }
    }

    record UserNotFound() implements UserRefusal {
        @Override
        public Kind kind() {
            return ABSENT;
        }

        @Override
        public String explanation() {
            return "There is no such account.";
        }
    }

    record TooManySessions(int most) implements UserRefusal {
        @Override
        public Kind kind() {
            return FAILED_PRECONDITION;
        }

        @Override
        public String explanation() {
            return "A user can have at most %d sessions. Sign out of one first, or reset the password, which ends all of them."
                    .formatted(most);
        }
    }

    record TooManyFormerAddresses(int most) implements UserRefusal {
        @Override
        public Kind kind() {
            return FAILED_PRECONDITION;
        }

        @Override
        public String field() {
            return "email";
        }

        @Override
        public String explanation() {
            return "A user can have had at most %d other e-mail addresses. Use one of those again.".formatted(most);
        }
    }
}
