package io.guildhall.domain.session;

import static io.guildhall.domain.shared.Rejection.forbidden;
import static io.guildhall.domain.shared.Rejection.notFound;

import io.guildhall.domain.shared.Rejection;

/** Rejections of commands about sessions. */
public final class SessionRejections {

    public static final Rejection SESSION_ENDED = notFound("session-ended", "This session has ended. Sign in again.");

    public static final Rejection NO_SUCH_SESSION = notFound("no-such-session", "There is no such session.");

    /** An API token, an access token, or a session made with one, is valid for its own organization only (R17a). */
    public static final Rejection BOUND_TO_ORGANIZATION = forbidden(
            "bound-to-organization",
            "This token is bound to its own organization and cannot switch to another one. Sign in to do that.");

    /** Only a session from a sign-in acts on the user (R17a). */
    public static final Rejection INTERACTIVE_SESSION_REQUIRED = forbidden(
            "interactive-session-required",
            "This needs a session from a sign-in. An API token, an access token, or a session made with one, is not enough.");

    private SessionRejections() {}
}
