package io.guildhall.api.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.infrastructure.encryption.TokenCodec;
import io.guildhall.query.user.PublicUrl;
import jakarta.servlet.http.Cookie;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** The flags of the cookie, and which cookie counts. */
class BrowserSessionsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final TokenCodec format = new TokenCodec(purpose -> ("a key for " + purpose).getBytes());
    private final String token = format.newToken(TokenCodec.Kind.SESSION, new byte[TokenCodec.SECRET_BYTES]);

    private BrowserSessions at(String publicUrl) {
        return new BrowserSessions(format, Clock.fixed(NOW, ZoneOffset.UTC), new PublicUrl(URI.create(publicUrl)));
    }

    private String set(BrowserSessions sessions) {
        var response = new MockHttpServletResponse();
        sessions.begin(response, token, NOW.plus(Duration.ofHours(1)));
        return String.valueOf(response.getHeader("Set-Cookie"));
    }

    @Test
    void isOfTheHostAloneAndSecureOverHttps() {
        assertThat(set(at("https://id.example.org")).split("; "))
                .contains(
                        "__Host-guildhall-session=" + token,
                        "Path=/",
                        "Secure",
                        "HttpOnly",
                        "SameSite=Lax",
                        "Max-Age=3600")
                .noneMatch(attribute -> attribute.startsWith("Domain"));
        assertThat(at("https://id.example.org").csrfCookie()).isEqualTo("__Host-guildhall-csrf");
    }

    @Test
    void worksWithoutHttps() {
        assertThat(set(at("http://localhost:8080")).split("; "))
                .contains("guildhall-session=" + token, "HttpOnly", "SameSite=Lax")
                .doesNotContain("Secure");
    }

    /** A subdomain can set a cookie without the prefix, and so could sign somebody in as somebody else. */
    @Test
    void withoutThePrefixItDoesNotCountOverHttps() {
        var request = new MockHttpServletRequest();
        request.setCookies(new Cookie("guildhall-session", token));

        assertThat(at("https://id.example.org").token(request)).isNull();
        assertThat(at("http://localhost:8080").token(request)).isEqualTo(token);
    }
}
