package io.guildhall.api.error;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.guildhall.api.request.RequestId;
import io.guildhall.domain.shared.Rejection;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/** The one body of every error: the published contract's {@code status, code, message, fields}, and RFC 9457's members. */
@JsonPropertyOrder({"status", "code", "message", "fields", "type", "title", "detail", "instance"})
@JsonInclude(JsonInclude.Include.NON_NULL)
public final class Problem extends ProblemDetail {

    private static final String BLANK = "about:blank";
    private static final String TYPES = "/problems/";

    private final String code;
    private final String message;
    private final transient @Nullable List<Field> fields;

    /** The dotted path of a field, and what is wrong with it. */
    public record Field(String field, String description) {

        /** The name in JSON of a field or parameter with a Java name. */
        public static String nameOf(String javaName) {
            return javaName.replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
        }
    }

    private Problem(
            HttpStatus status, String code, String type, String message, String detail, @Nullable String field) {
        super(status.value());
        this.code = code;
        this.message = message;
        this.fields = field == null ? null : List.of(new Field(field, message));
        setType(URI.create(type));
        setTitle(status.getReasonPhrase());
        setDetail(detail);
        setInstance(URI.create("/requests/" + RequestId.current()));
    }

    /** For a status that says everything; 404 is an unknown route. */
    public static Problem ofStatus(HttpStatus status) {
        if (status == HttpStatus.NOT_FOUND) {
            return of(status, "no-such-route", "There is no such route.");
        }
        String message = status.getReasonPhrase() + ".";
        return new Problem(status, code(status), BLANK, message, message, null);
    }

    /** @param type the last part of the address of the page that explains the problem */
    public static Problem of(HttpStatus status, String type, String message) {
        return of(status, code(status), type, message);
    }

    /** @param code for clients that must tell this problem from all others of its status */
    public static Problem of(HttpStatus status, String code, String type, String message) {
        return new Problem(status, code, TYPES + type, message, message, null);
    }

    public static Problem ofField(String field, String message) {
        HttpStatus status = HttpStatus.BAD_REQUEST;
        return new Problem(status, code(status), TYPES + "field-malformed", message, message, field);
    }

    public static Problem of(Rejection rejection) {
        HttpStatus status = switch (rejection.kind()) {
            case INVALID_ARGUMENT, FAILED_PRECONDITION -> HttpStatus.BAD_REQUEST;
            case NOT_FOUND -> HttpStatus.NOT_FOUND;
            case UNAUTHENTICATED -> HttpStatus.UNAUTHORIZED;
            case FORBIDDEN -> HttpStatus.FORBIDDEN;
        };
        boolean precondition = rejection.kind() == Rejection.Kind.FAILED_PRECONDITION && rejection.field() == null;
        String message = rejection.message();
        return new Problem(
                status,
                precondition ? "failed_precondition" : code(status),
                TYPES + rejection.code(),
                message,
                rejection.detail() == null ? message : rejection.detail(),
                rejection.field());
    }

    public static Problem internalError() {
        return of(HttpStatus.INTERNAL_SERVER_ERROR, "internal-error", "Something went wrong on our side.");
    }

    /** The codes that clients of the published contract know. */
    private static String code(HttpStatus status) {
        return switch (status) {
            case UNAUTHORIZED -> "authentication_error";
            case FORBIDDEN -> "authorization_required";
            case NOT_FOUND -> "unknown_resource";
            case TOO_MANY_REQUESTS -> "rate_limit_exceeded";
            default -> status.is5xxServerError() ? "api_error" : "invalid_argument";
        };
    }

    public String getCode() {
        return code;
    }

    public String getMessage() {
        return message;
    }

    /** The fields that are wrong; null when the problem is about none, since clients show only the fields of a 400 that has them. */
    public @Nullable List<Field> getFields() {
        return fields;
    }
}
