package io.guildhall.api.web;

import io.guildhall.api.error.Problem;
import io.guildhall.api.error.ProblemWriter;
import io.guildhall.api.security.RequestRateLimiter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponse;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Limits request bodies to 1 MiB, rejects {@code Content-Encoding}, so that a small upload cannot expand, and takes a body without {@code
 * Content-Type} for JSON, which all request bodies are: some clients of the published contract leave the header out.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 3)
class RequestBodyFilter extends OncePerRequestFilter {

    static final int MAX_BYTES = 1 << 20;

    private static final String IDENTITY = "identity";

    private final ProblemWriter problems;
    private final RequestRateLimiter budgets;

    RequestBodyFilter(ProblemWriter problems, RequestRateLimiter budgets) {
        this.problems = problems;
        this.budgets = budgets;
    }

    /** A body whose length is not announced has more bytes than allowed. */
    static final class BodyTooLargeException extends IOException implements ErrorResponse {

        @Override
        public HttpStatusCode getStatusCode() {
            return HttpStatus.CONTENT_TOO_LARGE;
        }

        @Override
        public ProblemDetail getBody() {
            return problem();
        }

        static Problem problem() {
            return Problem.of(HttpStatus.CONTENT_TOO_LARGE, "body-too-large", "A request may have 1 MiB at the most.");
        }
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() != 0 && isEncoded(request)) {
            response.setHeader(HttpHeaders.ACCEPT_ENCODING, IDENTITY);
            budgets.reject(
                    Problem.of(
                            HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                            "body-compressed",
                            "The body of a request is taken as it is, not packed: without Content-Encoding."),
                    problems,
                    request,
                    response);
        } else if (request.getContentLengthLong() > MAX_BYTES) {
            budgets.reject(BodyTooLargeException.problem(), problems, request, response);
        } else {
            chain.doFilter(new JsonRequest(request), response);
        }
    }

    private static boolean isEncoded(HttpServletRequest request) {
        String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        return encoding != null && !encoding.isBlank() && !encoding.strip().equalsIgnoreCase(IDENTITY);
    }

    private static final class JsonRequest extends HttpServletRequestWrapper {

        private @Nullable ServletInputStream body;

        JsonRequest(HttpServletRequest request) {
            super(request);
        }

        /** Spring MVC asks for nothing else where the header is missing. */
        @Override
        public String getContentType() {
            String type = super.getContentType();
            return type == null || type.isBlank() ? MediaType.APPLICATION_JSON_VALUE : type;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            if (body == null) {
                body = new LimitedStream(super.getInputStream());
            }
            return body;
        }
    }

    private static final class LimitedStream extends ServletInputStream {

        private final ServletInputStream body;
        private int left = MAX_BYTES;

        LimitedStream(ServletInputStream body) {
            this.body = body;
        }

        @Override
        public int read() throws IOException {
            int read = body.read();
            count(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int read = body.read(into, from, length);
            count(read);
            return read;
        }

        private void count(int read) throws IOException {
            left -= Math.max(0, read);
            if (left < 0) {
                throw new BodyTooLargeException();
            }
        }

        @Override
        public boolean isFinished() {
            return body.isFinished();
        }

        @Override
        public boolean isReady() {
            return body.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            body.setReadListener(listener);
        }
    }
}
