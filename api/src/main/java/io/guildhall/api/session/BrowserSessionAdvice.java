package io.guildhall.api.session;

import io.guildhall.api.security.BrowserSessions;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/**
 * Puts the token of a new session into the cookie instead of the reply, where the console asks for that. A request with the cookie
 * is never shown a session's token, so that an injected script cannot ask for one.
 */
@RestControllerAdvice
class BrowserSessionAdvice implements ResponseBodyAdvice<Object> {

    private final BrowserSessions browserSessions;

    BrowserSessionAdvice(BrowserSessions browserSessions) {
        this.browserSessions = browserSessions;
    }

    /** What the console learns of its session. */
    record BrowserSession(String userId, Instant expiresAt) {}

    @Override
    public boolean supports(MethodParameter returned, Class<? extends HttpMessageConverter<?>> converter) {
        return true;
    }

    @Override
    public @Nullable Object beforeBodyWrite(
            @Nullable Object body,
            MethodParameter returned,
            MediaType type,
            Class<? extends HttpMessageConverter<?>> converter,
            ServerHttpRequest request,
            ServerHttpResponse response) {
        if (body instanceof SessionResponse sessionResponse
                && request instanceof ServletServerHttpRequest asked
                && response instanceof ServletServerHttpResponse answer
                && browserSessions.isOfBrowser(asked.getServletRequest())) {
            SessionResponse.Token token = sessionResponse.token();
            if (browserSessions.wantsCookie(asked.getServletRequest())) {
                browserSessions.begin(answer.getServletResponse(), token.id(), token.expiresAt());
            }
            return new BrowserSession(token.userId(), token.expiresAt());
        }
        return body;
    }
}
