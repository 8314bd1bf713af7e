package io.guildhall.api.error;

import io.guildhall.domain.shared.Quantity;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/** A request is rejected before the domain sees it, or for a reason that only HTTP has. Carries no stack trace. */
public final class RequestRejectionException extends ErrorResponseException {

    private RequestRejectionException(Problem problem) {
        super(HttpStatus.valueOf(problem.getStatus()), problem, null);
    }

    public static RequestRejectionException of(HttpStatus status, String type, String message) {
        return new RequestRejectionException(Problem.of(status, type, message));
    }

    /** A parameter, header or field of the body is missing or malformed. The message does not repeat its value. */
    public static RequestRejectionException invalidArgument(String field, String message) {
        return new RequestRejectionException(Problem.ofField(field, message));
    }

    /** The resource does not exist, or not for this caller (R23). */
    public static RequestRejectionException notFound(String what) {
        return of(HttpStatus.NOT_FOUND, "not-found", "There is no such " + what + ".");
    }

    public static RequestRejectionException unauthenticated(String type, String message) {
        return of(HttpStatus.UNAUTHORIZED, type, message);
    }

    public static RequestRejectionException forbidden(String type, String message) {
        return of(HttpStatus.FORBIDDEN, type, message);
    }

    /** The request conflicts with an operation that is running. */
    public static RequestRejectionException conflict(String message) {
        return new RequestRejectionException(
                Problem.of(HttpStatus.BAD_REQUEST, "failed_precondition", "operation-in-progress", message));
    }

    /** The person must give the password again. Clients match on the code. */
    public static RequestRejectionException reauthenticationRequired() {
        return new RequestRejectionException(Problem.of(
                HttpStatus.FORBIDDEN,
                "reauthentication-required",
                "reauthentication-required",
                "Confirm that it is you: send your password as current_password, or sign in again."));
    }

    /** @param what exceeds the limit, such as "Too many requests" */
    public static RequestRejectionException rateLimitExceeded(String what, Duration retryAfter) {
        Duration rounded =
                Duration.ofSeconds(Math.max(1, retryAfter.plusMillis(999).toSeconds()));
        String message = "%s. Try again in %s.".formatted(what, Quantity.of(rounded.toSeconds(), "second"));
        return retryable(HttpStatus.TOO_MANY_REQUESTS, "rate-limit-exceeded", message, rounded);
    }

    public static RequestRejectionException retryable(
            HttpStatus status, String type, String message, Duration retryAfter) {
        var rejection = of(status, type, message);
        rejection.getHeaders().set(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, retryAfter.toSeconds())));
        return rejection;
    }

    public Problem problem() {
        return (Problem) getBody();
    }

    @Override
    public String getMessage() {
        return problem().getMessage();
    }

    @Override
    public Throwable fillInStackTrace() {
        return this;
    }
}
