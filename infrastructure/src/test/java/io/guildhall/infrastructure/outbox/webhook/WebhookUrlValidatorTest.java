package io.guildhall.infrastructure.outbox.webhook;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookUrlValidatorTest {

    private final WebhookUrlValidator urls = urls(false);

    private static WebhookUrlValidator urls(boolean allowPrivate) {
        WebhookProperties properties = WebhookTestProperties.properties(allowPrivate);
        return new WebhookUrlValidator(new SsrfSafeDnsResolver(properties), properties);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.com",
                "https://example.com/hook?key=a%20b",
                "HTTPS://hooks.example.co.uk:8443/in",
                "https://1.1.1.1/",
                "https://[2606:4700:4700::1111]/"
            })
    void takeWhatCanBeSentTo(String url) {
        assertThatCode(() -> urls.check(url)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.com",
                "http://example.com/",
                "ftp://example.com/",
                "file:///etc/passwd",
                "https:///hook",
                "https://",
                "https:example.com",
                "https://user@example.com/",
                "https://user:password@example.com/",
                "https://example.com/#part",
                "https://example.com:0/",
                "https://example.com:65536/",
                "https://exa mple.com/",
                "https://exämple.com/",
                "https://example.com\\@localhost/",
                "https://localhost/",
                "https://LOCALHOST./",
                "https://a.localhost/",
                "https://127.0.0.1/",
                "https://169.254.169.254/latest/meta-data",
                "https://[::1]/",
                "https://[::ffff:10.0.0.1]/",
                "https://[fe80::1%25eth0]/",
                "https://999.1.1.1/"
            })
    void refuseEverythingElseSayingWhy(String url) {
        assertThatThrownBy(() -> urls.check(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("url ");
    }

    @Test
    void takeWhatIsNextDoorWhereThatIsAllowed() {
        WebhookUrlValidator generous = urls(true);
        assertThatCode(() -> generous.check("http://localhost:9000/")).doesNotThrowAnyException();
        assertThatCode(() -> generous.check("http://10.0.0.1/")).doesNotThrowAnyException();
        assertThatCode(() -> generous.check("https://[::1]:9000/")).doesNotThrowAnyException();
        assertThatThrownBy(() -> generous.check("ftp://localhost/")).isInstanceOf(IllegalArgumentException.class);
    }
}
