package io.guildhall.domain.token;

import static io.guildhall.domain.shared.Rejection.failedPrecondition;
import static io.guildhall.domain.shared.Rejection.forbidden;
import static io.guildhall.domain.shared.Rejection.invalidArgument;
import static io.guildhall.domain.shared.Rejection.notFound;

import io.guildhall.domain.shared.DisplayText;
import io.guildhall.domain.shared.Rejection;
import java.time.Instant;

/** Rejections of commands about API tokens. */
public final class TokenRejections {

    public static final Rejection NO_SUCH_TOKEN = notFound("no-such-token", "There is no such API token.");

    public static final Rejection NAME_MALFORMED = invalidArgument(
            "token-name-malformed",
            "name",
            "name must have 2 to 128 characters, at least one of them visible, and " + DisplayText.RULE + ".");

    public static final Rejection DESCRIPTION_MALFORMED = invalidArgument(
            "token-description-malformed",
            "description",
            "description must have at most 1024 characters, and " + DisplayText.RULE + "; line breaks are allowed.");

    public static final Rejection TYPE_MALFORMED =
            invalidArgument("token-type-malformed", "type", "type must be USER or ORGANIZATION.");

    /** The token's scopes do not include the permission. */
    public static final Rejection INSUFFICIENT_SCOPE =
            forbidden("insufficient-scope", "This API token is limited by its scopes, which do not allow this.");

    public static final Rejection EXPIRY_IN_THE_PAST =
            invalidArgument("expiry-in-the-past", "expires_at", "expires_at must lie in the future.");

    public static final Rejection MAKER_ERASED = failedPrecondition(
            "token-maker-erased",
            "The user who made this API token was erased, and its name with the user. The token can only be revoked.");

    private TokenRejections() {}

    /** @param known the scopes that exist */
    public static Rejection scopesMalformed(String known) {
        return invalidArgument(
                "token-scopes-malformed",
                "scopes",
                "scopes must be some of " + known + ", or be left out for a token that is good for everything.");
    }

    /** A token expires no later than the credential with which it is created (R17a). */
    public static Rejection expiryBeyondParent(Instant latest) {
        return invalidArgument(
                "expiry-beyond-parent",
                "expires_at",
                "expires_at must not be later than %s, when the token that makes this one expires.".formatted(latest));
    }

    public static Rejection tooManyTokens(int max) {
        return failedPrecondition(
                "too-many-tokens", "An organization can have at most %d API tokens. Revoke one first.".formatted(max));
    }
}
