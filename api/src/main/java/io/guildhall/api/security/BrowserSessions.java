package io.guildhall.api.security;

import io.guildhall.api.validation.UuidParser;
import io.guildhall.infrastructure.encryption.TokenCodec;
import io.guildhall.query.user.PublicUrl;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;

/**
 * The cookies of the console. One holds the token of a session, and no script can read it. The other holds the CSRF token, which the
 * console's scripts repeat in a header. A request with an {@code Authorization} header ignores both.
 */
@Component
public class BrowserSessions {

    /** With the value {@code cookie}: the reply to signing in sets the cookie and does not show the session's token. */
    static final String SESSION_HEADER = "Guildhall-Session";

    /** The id of the organization that a request of the console acts in. */
    static final String ORGANIZATION_HEADER = "Guildhall-Organization";

    private static final String COOKIE_WANTED = "cookie";
    private static final String SESSION_COOKIE = "guildhall-session";
    private static final String CSRF_COOKIE = "guildhall-csrf";

    /** A browser takes a cookie of this prefix only over HTTPS, for all paths, and from the host itself. */
    private static final String HOST_PREFIX = "__Host-";

    private final TokenCodec format;
    private final Clock clock;
    private final boolean secure;

    BrowserSessions(TokenCodec format, Clock clock, PublicUrl publicUrl) {
        this.format = format;
        this.clock = clock;
        this.secure = "https".equalsIgnoreCase(publicUrl.value().getScheme());
    }

    /** Whether browsers reach the service by HTTPS. */
    boolean secure() {
        return secure;
    }

    String csrfCookie() {
        return named(CSRF_COOKIE);
    }

    private String named(String cookie) {
        return secure ? HOST_PREFIX + cookie : cookie;
    }

    /** The token of the session in the cookie, or null. Only a session's token counts, not an API token. */
    @Nullable String token(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        if (cookies == null || request.getHeader(HttpHeaders.AUTHORIZATION) != null) {
            return null;
        }
        for (Cookie cookie : cookies) {
            if (cookie.getName().equals(named(SESSION_COOKIE))
                    && format.check(cookie.getValue()) == TokenCodec.Kind.SESSION) {
                return cookie.getValue();
            }
        }
        return null;
    }

    /** Whether the reply to signing in sets the cookie. */
    public boolean wantsCookie(HttpServletRequest request) {
        return COOKIE_WANTED.equals(request.getHeader(SESSION_HEADER))
                && request.getHeader(HttpHeaders.AUTHORIZATION) == null;
    }

    /** Whether the request has the session cookie or asks for it. */
    public boolean isOfBrowser(HttpServletRequest request) {
        return wantsCookie(request) || token(request) != null;
    }

    /** The organization that the request names, or null. Only requests with the cookie can name one. */
    @Nullable UUID organization(HttpServletRequest request) {
        String named = request.getHeader(ORGANIZATION_HEADER);
        return named == null || token(request) == null ? null : UuidParser.require(ORGANIZATION_HEADER, named);
    }

    /** Sets the cookie until the session's end. */
    public void begin(HttpServletResponse response, String token, Instant expiresAt) {
        Duration lifetime = Duration.between(clock.instant(), expiresAt);
        set(response, token, lifetime.isNegative() ? Duration.ZERO : lifetime);
    }

    /** Deletes the cookie. */
    public void end(HttpServletResponse response) {
        set(response, "", Duration.ZERO);
    }

    private void set(HttpServletResponse response, String value, Duration lifetime) {
        ResponseCookie cookie = ResponseCookie.from(named(SESSION_COOKIE), value)
                .path("/")
                .httpOnly(true)
                .secure(secure)
                .sameSite("Lax")
                .maxAge(lifetime)
                .build();
        response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
    }
}
