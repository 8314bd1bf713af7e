package io.guildhall.domain.shared;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The reason why a command is rejected. A rejected command changes nothing. Each feature lists its rejections in one
 * class, such as {@code InvitationRejections}.
 *
 * @param kind what the caller can do about it; mapped to an HTTP status
 * @param code identifies the rejection for clients. Never changes and is never reused
 * @param message names the rule and what to do next. Contains no personal data and no secret
 * @param field the field of the request, or null
 * @param detail further information about this case, for people; or null
 * @param tags values by which metrics count the rejection
 */
public record Rejection(
        Kind kind,
        String code,
        String message,
        @Nullable String field,
        @Nullable String detail,
        Map<String, String> tags) {

    public enum Kind {
        /** The input violates a rule of the field. */
        INVALID_ARGUMENT,
        /** The subject of the command does not exist for this caller. */
        NOT_FOUND,
        /** The caller's token is not accepted in the current state of its organization. */
        UNAUTHENTICATED,
        FORBIDDEN,
        /** The input is valid but the current state does not allow the command. */
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

    /** Whether both have the same code. */
    public boolean is(Rejection other) {
        return code.equals(other.code);
    }
}
