package io.guildhall.api.web;

import io.guildhall.domain.shared.CommandRefused;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** Holds callers to so many requests in so long. Told by {@link Authentication} who calls, as soon as that is known. */
public interface RequestRateLimiter {

    /**
     * Lets those pass who are not known to have used theirs up. For a caller who comes too often, the database is not asked who it is.
     *
     * @throws CommandRefused {@link WebRefusal.RateLimitExceeded}
     */
    void requireSome(HttpServletRequest request);

    /**
     * Counts the request, but no request twice.
     *
     * @param caller null for whom the network address has to stand
     * @throws CommandRefused {@link WebRefusal.RateLimitExceeded}
     */
    void count(HttpServletRequest request, @Nullable Caller caller);

    /** Never counts this request: an operator's, or a probe's. */
    void exempt(HttpServletRequest request);
}
