package io.guildhall.api.web;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * The one body of every error: the published contract's {@code status, code, message, fields}, and RFC 9457's members.
 *
 * @param fields what is wrong with which field; null when the error is about none, since clients show only the fields of a 400 that has them
 */
public record Problem(
        int status,
        String code,
        String message,
        @Nullable List<Field> fields,
        String type,
        String title,
        String detail,
        String instance) {

    /** Dotted path of a field, and what is wrong with it. */
    public record Field(String field, String description) {}

    private static final String BLANK = "about:blank";

    static Problem of(HttpStatus status, String message) {
        return of(status, code(status), message, BLANK, List.of());
    }

    static Problem ofType(HttpStatus status, String type, String message) {
        return of(status, code(status), message, "/problems/" + type, List.of());
    }

    static Problem ofField(String field, String message) {
        return of(
                HttpStatus.BAD_REQUEST,
                "invalid_argument",
                message,
                "/problems/field-malformed",
                List.of(new Field(field, message)));
    }

    static Problem of(HttpStatus status, String code, String message, String type, List<Field> fields) {
        return new Problem(
                status.value(),
                code,
                message,
                fields.isEmpty() ? null : fields,
                type,
                status.getReasonPhrase(),
                message,
                "/requests/" + RequestId.current());
    }

    /** For a code of our own, where clients must tell this problem from all others of its status. */
    Problem withCode(String other) {
        return new Problem(status, other, message, fields, type, title, detail, instance);
    }

    /** Says more than the message does, where clients match on the message. */
    Problem withDetail(String other) {
        return new Problem(status, code, message, fields, type, title, other, instance);
    }

    /** The slugs that the contract's clients know. */
    private static String code(HttpStatus status) {
        return switch (status) {
            case UNAUTHORIZED -> "authentication_error";
            case FORBIDDEN -> "authorization_required";
            case NOT_FOUND -> "unknown_resource";
            case TOO_MANY_REQUESTS -> "rate_limit_exceeded";
            default -> status.is5xxServerError() ? "api_error" : "invalid_argument";
        };
    }
}
