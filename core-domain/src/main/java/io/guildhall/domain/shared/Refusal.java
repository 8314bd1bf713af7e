package io.guildhall.domain.shared;

import org.jspecify.annotations.Nullable;

/** Why a command changed nothing, in words for the caller. One record per reason; each feature seals its own family. */
public interface Refusal {

    /** What the caller can do about it; the HTTP side gives each kind a status. */
    enum Kind {
        /** The input breaks a rule that {@link #field()} names. */
        MALFORMED,
        /** What the command is about does not exist, or not for this caller. */
        ABSENT,
        /** The caller's token is not accepted in the state that its organization is in. */
        UNAUTHENTICATED,
        /** The caller may not. */
        FORBIDDEN,
        /** The input is well-formed, but things stand in a way that forbids it. */
        FAILED_PRECONDITION,
        /** Too often; later it is allowed. */
        THROTTLED
    }

    Kind kind();

    /** One sentence that names the rule and what to do. Carries no personal data and no secret. */
    String explanation();

    /** More about this one case, for people. The explanation where there is nothing more to say. */
    default String detail() {
        return explanation();
    }

    /** The request's field that the refusal is about, or null when it is about none. */
    default @Nullable String field() {
        return null;
    }

    /** A stable slug that clients may switch on, derived from the type's name: {@code AlreadyAMember} is {@code already-a-member}. */
    default String code() {
        return getClass()
                .getSimpleName()
                .replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "-")
                .toLowerCase(java.util.Locale.ROOT);
    }
}
