package io.guildhall.api.security;

import io.guildhall.api.error.Problem;
import io.guildhall.api.error.ProblemWriter;
import io.guildhall.api.error.RequestRejectionException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Limits the requests of each caller. {@link TokenAuthenticator} passes the caller as soon as it is known. */
public interface RequestRateLimiter {

    /** The attribute of a request that holds the hash of its token. */
    String TOKEN_HASH = RequestRateLimiter.class.getName() + ".TOKEN_HASH";

    /**
     * Rejects a request whose token is known to have used up its caller's requests, without a query for the caller.
     *
     * @throws RequestRejectionException 429
     */
    void requireSome(HttpServletRequest request);

    /**
     * Counts the request, and no request twice.
     *
     * @param caller null to count it for its network address
     * @throws RequestRejectionException 429 for one request too many
     */
    void count(HttpServletRequest request, @Nullable Caller caller);

    /** Excludes the request of an operator, a probe or a page from the count. */
    void exempt(HttpServletRequest request);

    /** Counts a request that a filter rejects before the caller is known, and writes the problem: 429 instead where there are too many. */
    default void reject(
            Problem problem, ProblemWriter problems, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        try {
            count(request, null);
            problems.write(problem, request, response);
        } catch (RequestRejectionException tooMany) {
            problems.write(tooMany, request, response);
        }
    }
}
