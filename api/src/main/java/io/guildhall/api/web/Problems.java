package io.guildhall.api.web;

import static org.springframework.http.HttpStatus.BAD_REQUEST;
import static org.springframework.http.HttpStatus.FORBIDDEN;
import static org.springframework.http.HttpStatus.INTERNAL_SERVER_ERROR;
import static org.springframework.http.HttpStatus.NOT_FOUND;
import static org.springframework.http.HttpStatus.SERVICE_UNAVAILABLE;
import static org.springframework.http.HttpStatus.TOO_MANY_REQUESTS;
import static org.springframework.http.HttpStatus.UNAUTHORIZED;

import io.guildhall.api.telemetry.FailureLog;
import io.guildhall.api.web.RequestBodyLimitFilter.BodyTooLargeException;
import io.guildhall.domain.shared.CommandRefused;
import io.guildhall.domain.shared.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.catalina.connector.ClientAbortException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springdoc.api.OpenApiResourceNotFoundException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.HandlerMapping;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;

/** The one place that knows what status and body a failure has. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class Problems {

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final Duration SOON = Duration.ofSeconds(2);

    @ExceptionHandler
    ResponseEntity<?> on(CommandRefused refused, HttpServletRequest request) {
        return answer(problem(refused.refusal()), retryAfter(refused.refusal()), request);
    }

    static @Nullable Duration retryAfter(Refusal refusal) {
        if (refusal instanceof WebRefusal.RateLimitExceeded limit) {
            return Duration.ofSeconds(limit.seconds());
        }
        return refusal.kind() == Refusal.Kind.THROTTLED ? SOON : null;
    }

    @ExceptionHandler
    ResponseEntity<?> on(ProblemException failure, HttpServletRequest request) {
        return answer(failure.problem(), failure.retryAfter(), request);
    }

    @ExceptionHandler
    ResponseEntity<?> on(HttpMessageNotReadableException unreadable, HttpServletRequest request) {
        for (Throwable cause = unreadable.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof BodyTooLargeException) {
                return answer(BodyTooLargeException.problem(), null, request);
            }
            if (cause instanceof StreamConstraintsException) {
                return answer(
                        Problem.ofField("body", "The body is nested too deeply, or something in it is too long."),
                        null,
                        request);
            }
            if (cause instanceof JacksonException json && !path(json).isEmpty()) {
                String field = path(json);
                return answer(Problem.ofField(field, field + " has the wrong type, or cannot be read."), null, request);
            }
        }
        return answer(Problem.ofField("body", "The body must be a JSON object."), null, request);
    }

    @ExceptionHandler
    ResponseEntity<?> on(MethodArgumentTypeMismatchException mismatch, HttpServletRequest request) {
        return answer(malformed(mismatch.getName()), null, request);
    }

    @ExceptionHandler
    ResponseEntity<?> on(MissingServletRequestParameterException missing, HttpServletRequest request) {
        String name = missing.getParameterName();
        return answer(Problem.ofField(name, name + " is required."), null, request);
    }

    /** Escapes in the query that are no UTF-8. Which parameter it was is for Tomcat to know. */
    @ExceptionHandler
    ResponseEntity<?> on(InvalidParameterException unreadable, HttpServletRequest request) {
        return answer(
                Problem.ofType(
                        BAD_REQUEST, "query-malformed", "The query cannot be read: it must be UTF-8, percent-encoded."),
                null,
                request);
    }

    @ExceptionHandler
    ResponseEntity<?> on(HttpRequestMethodNotSupportedException unsupported, HttpServletRequest request) {
        // Static files answer to every path, so for Spring an unknown route is one with another method.
        boolean unknown =
                Admission.EVERY_PATH.equals(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE));
        return unknown ? answer(noRoute(), null, request) : ofSpring(unsupported, request);
    }

    /** An API description of a group that does not exist. */
    @ExceptionHandler
    ResponseEntity<?> on(OpenApiResourceNotFoundException unknown, HttpServletRequest request) {
        return answer(noRoute(), null, request);
    }

    @ExceptionHandler
    @Nullable ResponseEntity<?> on(AsyncRequestNotUsableException gone) {
        return null;
    }

    @ExceptionHandler
    @Nullable ResponseEntity<?> on(Exception failure, HttpServletRequest request) {
        if (isOfNobody(failure)) {
            return null;
        }
        if (failure instanceof ErrorResponse known) {
            return ofSpring(known, request);
        }
        if (Outage.isBehind(failure)) {
            FailureLog.warn(LOG, "The store is away", failure);
            return answer(
                    Problem.ofType(
                            SERVICE_UNAVAILABLE, "store-unavailable", "The service is not available. Try again."),
                    SOON,
                    request);
        }
        FailureLog.error(LOG, "Request %s failed".formatted(RequestId.current()), failure);
        return answer(internalError(), null, request);
    }

    static Problem internalError() {
        return Problem.ofType(INTERNAL_SERVER_ERROR, "internal-error", "Something went wrong on our side.");
    }

    /** Whoever asked is gone, or does not take the answer. */
    private static boolean isOfNobody(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ClientAbortException) {
                return true;
            }
        }
        return false;
    }

    static Problem noRoute() {
        return Problem.ofType(NOT_FOUND, "no-such-route", "There is no such route.");
    }

    private static ResponseEntity<?> ofSpring(ErrorResponse known, HttpServletRequest request) {
        HttpStatus status = HttpStatus.valueOf(known.getStatusCode().value());
        Problem problem = status == NOT_FOUND ? noRoute() : Problem.of(status, status.getReasonPhrase() + ".");
        var answer = ResponseEntity.status(status);
        answer.headers(headers -> headers.addAll(known.getHeaders()));
        return answer.contentType(mediaType(request)).body(body(problem, request));
    }

    static Problem problem(Refusal refusal) {
        String type = "/problems/" + refusal.code();
        String message = refusal.explanation();
        List<Problem.Field> fields =
                refusal.field() == null ? List.of() : List.of(new Problem.Field(refusal.field(), message));
        return switch (refusal.kind()) {
            case MALFORMED -> Problem.of(BAD_REQUEST, "invalid_argument", message, type, fields);
            case FAILED_PRECONDITION ->
                Problem.of(
                        BAD_REQUEST,
                        fields.isEmpty() ? "failed_precondition" : "invalid_argument",
                        message,
                        type,
                        fields);
            case ABSENT -> Problem.ofType(NOT_FOUND, refusal.code(), message);
            case UNAUTHENTICATED -> Problem.ofType(UNAUTHORIZED, refusal.code(), message);
            case FORBIDDEN -> Problem.ofType(FORBIDDEN, refusal.code(), message).withDetail(refusal.detail());
            case THROTTLED -> Problem.ofType(TOO_MANY_REQUESTS, refusal.code(), message);
        };
    }

    private static Problem malformed(String name) {
        return Problem.ofField(name, name + " is malformed.");
    }

    /** {@code signup_qualification.answers[0]}, say; empty when the text is no JSON at all. */
    private static String path(JacksonException failure) {
        return failure.getPath().stream()
                .map(step ->
                        step.getPropertyName() == null ? "[" + step.getIndex() + "]" : "." + step.getPropertyName())
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "");
    }

    private static ResponseEntity<?> answer(
            Problem problem, @Nullable Duration retryAfter, HttpServletRequest request) {
        var answer = ResponseEntity.status(problem.status()).contentType(mediaType(request));
        if (retryAfter != null) {
            answer.header(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, retryAfter.toSeconds())));
        }
        return answer.body(body(problem, request));
    }

    /** The problem itself, which becomes JSON, or a page of HTML. */
    static Object body(Problem problem, HttpServletRequest request) {
        return ErrorPage.isWanted(request) ? ErrorPage.of(problem) : problem;
    }

    /** HTML for a browser's navigation. RFC 9457's type only for clients that ask for it: clients of the contract know JSON. */
    static MediaType mediaType(HttpServletRequest request) {
        if (ErrorPage.isWanted(request)) {
            return ErrorPage.HTML;
        }
        String accepted = request.getHeader(HttpHeaders.ACCEPT);
        return accepted != null && accepted.contains(MediaType.APPLICATION_PROBLEM_JSON_VALUE)
                ? MediaType.APPLICATION_PROBLEM_JSON
                : MediaType.APPLICATION_JSON;
    }
}
