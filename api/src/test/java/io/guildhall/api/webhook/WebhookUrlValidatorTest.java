package io.guildhall.api.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guildhall.api.error.Problem;
import io.guildhall.api.error.RequestRejectionException;
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
        assertThat(urls.checked(url)).isEqualTo(url);
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
    void refuseEverythingElseNamingTheField(String url) {
        assertThatThrownBy(() -> urls.checked(url))
                .isInstanceOfSatisfying(
                        RequestRejectionException.class,
                        refused -> assertThat(refused.problem().getFields())
                                .extracting(Problem.Field::field)
                                .containsExactly("url"));
    }

    @Test
    void takeWhatIsNextDoorWhereThatIsAllowed() {
        WebhookUrlValidator generous = urls(true);
        assertThat(generous.checked("http://localhost:9000/")).isNotEmpty();
        assertThat(generous.checked("http://10.0.0.1/")).isNotEmpty();
        assertThat(generous.checked("https://[::1]:9000/")).isNotEmpty();
        assertThatThrownBy(() -> generous.checked("ftp://localhost/")).isInstanceOf(RequestRejectionException.class);
    }
}
