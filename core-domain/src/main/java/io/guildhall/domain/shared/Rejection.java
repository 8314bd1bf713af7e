package io.guildhall.domain.shared;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The reason why a command is rejected and changes nothing. Each feature lists its own in one class, such as
 * {@code InvitationRejections}.
 *
 * @param kind what the caller can do about it; the HTTP side gives each kind a status
 * @param code identifies the rejection for clients. Never changes and is never reused
 * @param message one sentence that names the rule and what to do next. Carries no personal data and no secret
 * @param field the request's field that the rejection is about, or null
 * @param detail more about this one case, for people; null where the message says everything
 * @param tags values of this case that metrics are counted by
 */
public record Rejection(
        Kind kind,
        String code,
        String message,
        @Nullable String field,
        @Nullable String detail,
        Map<String, String> tags) {

    public enum Kind {
        /** The input breaks a rule that the field names. */
        INVALID_ARGUMENT,
        /** The subject of the command does not exist, or not for this caller. */
        NOT_FOUND,
        /** The caller's token is not accepted in the current state of its organization. */
        UNAUTHENTICATED,
        FORBIDDEN,
        /** The input is well-formed. The current state does not allow the command. */
        FAILED_PRECONDITION
    }

    public static Rejection invalidArgument(String code, String field, String message) {
        return of(Kind.INVALID_ARGUMENT, code, message).on(field);
    }

    public static Rejection notFound(String code, String message) {
        return of(Kind.NOT_FOUND, code, message);
    }

    public static Rejection unauthenticated(String code, String message) {
        return of(Kind.UNAUTHENTICATED, code, message);
    }

    public static Rejection forbidden(String code, String message) {
        return of(Kind.FORBIDDEN, code, message);
    }

    public static Rejection failedPrecondition(String code, String message) {
        return of(Kind.FAILED_PRECONDITION, code, message);
    }

    private static Rejection of(Kind kind, String code, String message) {
        return new Rejection(kind, code, message, null, null, Map.of());
    }

    public Rejection on(String name) {
        return new Rejection(kind, code, message, name, detail, tags);
    }

    public Rejection withDetail(@Nullable String text) {
        return new Rejection(kind, code, message, field, text, tags);
    }

    public Rejection withTag(String name, String value) {
        return new Rejection(kind, code, message, field, detail, Map.of(name, value));
    }

    /** Whether both have the same code, whatever their values are. */
    public boolean is(Rejection other) {
        return code.equals(other.code);
    }
}
