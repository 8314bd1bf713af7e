package io.guildhall.api.web;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** For what only HTTP has a word: authentication, conflicts of requests, not being ready. Carries no stack trace. */
public final class ProblemException extends RuntimeException {

    private final transient Problem problem;
    private final @Nullable Duration retryAfter;

    private ProblemException(Problem problem, @Nullable Duration retryAfter) {
        super(problem.message(), null, false, false);
        this.problem = problem;
        this.retryAfter = retryAfter;
    }

    public static ProblemException of(HttpStatus status, String type, String message) {
        return new ProblemException(Problem.ofType(status, type, message), null);
    }

    public static ProblemException unauthenticated(String type, String message) {
        return of(HttpStatus.UNAUTHORIZED, type, message);
    }

    /** The person must give the password again: clients switch on the code. */
    public static ProblemException reauthenticationRequired() {
        Problem problem = Problem.ofType(
                HttpStatus.FORBIDDEN,
                "reauthentication-required",
                "Confirm that it is you: send your password as current_password, or sign in again.");
        return new ProblemException(problem.withCode("reauthentication-required"), null);
    }

    public static ProblemException retryable(HttpStatus status, String type, String message, Duration retryAfter) {
        return new ProblemException(Problem.ofType(status, type, message), retryAfter);
    }

    Problem problem() {
        return problem;
    }

    @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
