package io.guildhall.api.error;

import static org.springframework.http.HttpStatus.BAD_REQUEST;
import static org.springframework.http.HttpStatus.INTERNAL_SERVER_ERROR;
import static org.springframework.http.HttpStatus.NOT_FOUND;
import static org.springframework.http.HttpStatus.SERVICE_UNAVAILABLE;

import io.guildhall.api.request.RequestId;
import io.guildhall.domain.shared.DomainRejectionException;
import io.guildhall.infrastructure.auditlog.TamperingDetectedException;
import io.guildhall.infrastructure.datasource.DatabaseFailures;
import io.guildhall.infrastructure.observability.FailureLog;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.catalina.connector.ClientAbortException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springdoc.api.OpenApiResourceNotFoundException;
import org.springframework.beans.TypeMismatchException;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.validation.FieldError;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.exc.InvalidFormatException;

/** Maps exceptions to responses: a {@link Problem} for each, Spring's own exceptions included. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
public class ApiExceptionHandler extends ResponseEntityExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ApiExceptionHandler.class);
    private static final Duration OUTAGE_RETRY_AFTER = Duration.ofSeconds(2);

    @ExceptionHandler
    @Nullable ResponseEntity<Object> on(DomainRejectionException rejected, WebRequest request) {
        return respond(rejected, Problem.of(rejected.rejection()), request);
    }

    /** The trail is not what was signed of it before. */
    @ExceptionHandler
    @Nullable ResponseEntity<Object> on(TamperingDetectedException tampered, WebRequest request) {
        String message =
                "This trail is not what it was, so nothing is signed or proven of it. " + tampered.getMessage();
        return respond(tampered, Problem.of(INTERNAL_SERVER_ERROR, "trail-tampered", message), request);
    }

    /** The query has escapes that are not UTF-8. Tomcat does not say in which parameter. */
    @ExceptionHandler
    @Nullable ResponseEntity<Object> on(InvalidParameterException unreadable, WebRequest request) {
        String message = "The query cannot be read: it must be UTF-8, percent-encoded.";
        return respond(unreadable, Problem.of(BAD_REQUEST, "query-malformed", message), request);
    }

    /** An API description of a group that does not exist. */
    @ExceptionHandler
    @Nullable ResponseEntity<Object> on(OpenApiResourceNotFoundException unknown, WebRequest request) {
        return respond(unknown, Problem.ofStatus(NOT_FOUND), request);
    }

    @ExceptionHandler
    @Nullable ResponseEntity<Object> on(Exception failure, WebRequest request) {
        if (DatabaseFailures.causes(failure).anyMatch(ClientAbortException.class::isInstance)) {
            return null;
        }
        if (DatabaseFailures.isUnavailable(failure)) {
            FailureLog.warn(LOG, "The store is away", failure);
            var unavailable = RequestRejectionException.retryable(
                    SERVICE_UNAVAILABLE,
                    "store-unavailable",
                    "The service is not available. Try again.",
                    OUTAGE_RETRY_AFTER);
            return handleErrorResponseException(
                    unavailable, unavailable.getHeaders(), unavailable.getStatusCode(), request);
        }
        FailureLog.error(LOG, "Request %s failed".formatted(RequestId.current()), failure);
        return respond(failure, Problem.internalError(), request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException unreadable,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        return respond(unreadable, problem(unreadable), request);
    }

    private static Problem problem(HttpMessageNotReadableException unreadable) {
        for (Throwable cause = unreadable.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof ErrorResponse response && response.getBody() instanceof Problem problem) {
                return problem;
            }
            if (cause instanceof StreamConstraintsException) {
                return Problem.ofField("body", "The body is nested too deeply, or something in it is too long.");
            }
            if (cause instanceof InvalidFormatException id && id.getTargetType() == UUID.class) {
                return Problem.ofField(path(id), path(id) + rule(UUID.class));
            }
            if (cause instanceof JacksonException json && !path(json).isEmpty()) {
                return Problem.ofField(path(json), path(json) + " has the wrong type, or cannot be read.");
            }
        }
        return Problem.ofField("body", "The body must be a JSON object.");
    }

    /** Such as {@code signup_qualification.answers[0]}; empty when the text is not JSON at all. */
    private static String path(JacksonException failure) {
        return failure.getPath().stream()
                .map(step ->
                        step.getPropertyName() == null ? "[" + step.getIndex() + "]" : "." + step.getPropertyName())
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "");
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException mismatch, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        String name = String.valueOf(mismatch.getPropertyName());
        return respond(mismatch, Problem.ofField(name, name + rule(mismatch.getRequiredType())), request);
    }

    private static String rule(@Nullable Class<?> type) {
        if (type == UUID.class) {
            return " must be a UUID.";
        }
        return type == Instant.class ? " must be a time such as 2026-01-31T12:00:00Z." : " is malformed.";
    }

    /** A field of the body breaks a constraint. The constraint's message completes the sentence that its name begins. */
    @Override
    protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException invalid, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        FieldError error = invalid.getFieldErrors().getFirst();
        return respond(invalid, problem(Problem.Field.nameOf(error.getField()), error), request);
    }

    /** A parameter breaks a constraint, or a field of the body does. */
    @Override
    protected @Nullable ResponseEntity<Object> handleHandlerMethodValidationException(
            HandlerMethodValidationException invalid, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        ParameterValidationResult result =
                invalid.getParameterValidationResults().getFirst();
        MessageSourceResolvable error = result.getResolvableErrors().getFirst();
        RequestHeader header = result.getMethodParameter().getParameterAnnotation(RequestHeader.class);
        String name = error instanceof FieldError field
                ? field.getField()
                : String.valueOf(result.getMethodParameter().getParameterName());
        return respond(invalid, problem(header == null ? Problem.Field.nameOf(name) : header.name(), error), request);
    }

    private static Problem problem(String name, MessageSourceResolvable error) {
        return Problem.ofField(name, name + " " + error.getDefaultMessage());
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMissingServletRequestParameter(
            MissingServletRequestParameterException missing,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        String name = missing.getParameterName();
        return respond(missing, Problem.ofField(name, name + " is required."), request);
    }

    /** Static files answer to every path, so for Spring an unknown route is one with another method. */
    @Override
    protected @Nullable ResponseEntity<Object> handleHttpRequestMethodNotSupported(
            HttpRequestMethodNotSupportedException unsupported,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE, WebRequest.SCOPE_REQUEST);
        return "/**".equals(pattern)
                ? respond(unsupported, Problem.ofStatus(NOT_FOUND), request)
                : super.handleHttpRequestMethodNotSupported(unsupported, headers, status, request);
    }

    private @Nullable ResponseEntity<Object> respond(Exception failure, Problem problem, WebRequest request) {
        return handleExceptionInternal(
                failure, problem, new HttpHeaders(), HttpStatus.valueOf(problem.getStatus()), request);
    }

    /** Every response passes here. */
    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception failure, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        ServletWebRequest servlet = (ServletWebRequest) request;
        if (servlet.getResponse() != null && servlet.getResponse().isCommitted()) {
            // The client has cut its request off, or reads a response that failed on the way: nothing can be said, and
            // nothing is logged.
            return null;
        }
        if (body == null && status.is5xxServerError() && !(failure instanceof ErrorResponse)) {
            return on(failure, request);
        }
        Object given = failure instanceof ErrorResponse response && body == null ? response.getBody() : body;
        Problem problem = given instanceof Problem known ? known : Problem.ofStatus(HttpStatus.valueOf(status.value()));
        HttpServletRequest servletRequest = servlet.getRequest();
        HttpHeaders all = new HttpHeaders();
        all.addAll(headers);
        all.setContentType(mediaType(servletRequest));
        return super.handleExceptionInternal(failure, body(problem, servletRequest), all, status, request);
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
