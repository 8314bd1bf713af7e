package io.guildhall.domain.token;

import static io.guildhall.domain.shared.Refusal.Kind.ABSENT;
import static io.guildhall.domain.shared.Refusal.Kind.FAILED_PRECONDITION;
import static io.guildhall.domain.shared.Refusal.Kind.FORBIDDEN;
import static io.guildhall.domain.shared.Refusal.Kind.MALFORMED;

import io.guildhall.domain.shared.DisplayText;
import io.guildhall.domain.shared.Refusal;
import java.time.Instant;

/** Why an API token is not issued or changed. */
public sealed interface TokenRefusal extends Refusal {

    @Override
    default Kind kind() {
        return MALFORMED;
    }

    record NoSuchToken() implements TokenRefusal {
        @Override
        public Kind kind() {
            return ABSENT;
        }

        @Override
        public String explanation() {
            return "There is no such API token.";
        }
    }

    /** An API token has a name of 2 to 128 characters (R18). */
    record NameMalformed() implements TokenRefusal {
        @Override
        public String field() {
            return "name";
        }

        @Override
        public String explanation() {
            return "name must have 2 to 128 characters, at least one of them visible, and %s."
                    .formatted(DisplayText.RULE);
        }
    }

    record DescriptionMalformed() implements TokenRefusal {
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

    record TypeMalformed() implements TokenRefusal {
        @Override
        public String field() {
            return "type";
        }

        @Override
        public String explanation() {
            return "type must be USER or ORGANIZATION.";
        }
    }

    record MakerErased() implements TokenRefusal {
        @Override
        public Kind kind() {
            return FAILED_PRECONDITION;
        }

        @Override
        public String explanation() {
            return "The user who made this API token was erased, and its name with the user. The token can only be revoked.";
        }
    }

    /** @param known what there is */
    record ScopesMalformed(String known) implements TokenRefusal {
        @Override
        public String field() {
            return "scopes";
        }

        @Override
        public String explanation() {
            return "scopes must be some of " + known + ", or be left out for a token that is good for everything.";
        }
    }

    /** The token is good for reading alone. */
    record TokenLimited() implements TokenRefusal {
        @Override
        public Kind kind() {
            return FORBIDDEN;
        }

        @Override
        public String explanation() {
            return "This API token is limited by its scopes, which do not allow this.";
        }
    }

    record ExpiryInThePast() implements TokenRefusal {
        @Override
        public String field() {
            return "expires_at";
        }

        @Override
        public String explanation() {
            return "expires_at must lie in the future.";
        }
    }

    /** A token made with another credential ends no later than that one (R17a). */
    record ExpiryBeyondParent(Instant latest) implements TokenRefusal {
        @Override
        public String field() {
            return "expires_at";
        }

        @Override
        public String explanation() {
            return "expires_at must not be later than %s, when the token that makes this one expires."
                    .formatted(latest);
        }
    }

    record TooManyTokens(int most) implements TokenRefusal {
        @Override
        public Kind kind() {
            return FAILED_PRECONDITION;
        }

        @Override
        public String explanation() {
            return "An organization can have at most %d API tokens. Revoke one first.".formatted(most);
        }
    }
}
