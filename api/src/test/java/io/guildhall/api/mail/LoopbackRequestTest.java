package io.guildhall.api.mail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

class LoopbackRequestTest {

    private final MockHttpServletRequest request = request();

    private static MockHttpServletRequest request() {
        var request = new MockHttpServletRequest("GET", "/development/inbox");
        request.setProtocol("HTTP/1.1");
        request.setRemoteAddr("127.0.0.1");
        return request;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LocalHost:8080",
                "localhost:65535",
                "127.0.0.1",
                "127.0.0.1:8080",
                "127.1.2.3",
                "[::1]",
                "[::1]:8080"
            })
    void matchesTheNamesOfThisMachine(String host) {
        request.addHeader("Host", host);

        assertThat(LoopbackRequest.matches(request)).isTrue();
    }

    /** A name that somebody else owns can resolve to a loopback address. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.com",
                "localhost.",
                "app.localhost",
                "localhost.example.com",
                "127.0.0.1.nip.io",
                "127.0.0.1.",
                "127.0.0",
                "0.0.0.0",
                "[::]",
                "[::2]",
                "::1",
                "192.168.0.2:8080",
                "localhost:",
                "localhost:8080:8080",
                "localhost, example.com",
                "user@localhost",
                " localhost"
            })
    void rejectsEveryOtherName(String host) {
        request.addHeader("Host", host);

        assertThat(LoopbackRequest.matches(request)).isFalse();
    }

    @Test
    void rejectsARequestWithoutAHostOrWithTwo() {
        assertThat(LoopbackRequest.matches(request)).isFalse();

        request.addHeader("Host", "localhost");
        request.addHeader("Host", "localhost");
        assertThat(LoopbackRequest.matches(request)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Forwarded",
                "X-Forwarded-For",
                "x-forwarded-host",
                "X-Forwarded-Proto",
                "X-Forwarded-Prefix",
                "X-Real-IP",
                "Via",
                "CF-Connecting-IP",
                "CF-Ray",
                "CDN-Loop",
                "True-Client-IP",
                "X-Client-IP",
                "X-Cluster-Client-IP",
                "Fastly-Client-IP",
                "X-Envoy-External-Address",
                "X-Original-Host",
                "X-Amzn-Trace-Id",
                "X-ProxyUser-Ip"
            })
    void rejectsWhatCameThroughAProxy(String header) {
        request.addHeader("Host", "localhost");
        request.addHeader(header, "127.0.0.1");

        assertThat(LoopbackRequest.matches(request)).isFalse();
    }

    @Test
    void rejectsAProxyThatAddsNoHeader() {
        request.addHeader("Host", "127.0.0.1:8080");
        request.setProtocol("HTTP/1.0");

        assertThat(LoopbackRequest.matches(request)).isFalse();
    }

    @Test
    void rejectsAPeerWhoseAddressWasReplaced() {
        request.addHeader("Host", "localhost");
        request.setAttribute("org.apache.tomcat.request.forwarded", Boolean.TRUE);

        assertThat(LoopbackRequest.matches(request)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.168.0.2", "203.0.113.9", "fe80::1", "::2", "localhost", ""})
    void rejectsAPeerOnAnotherMachine(String peer) {
        request.addHeader("Host", "localhost");
        request.setRemoteAddr(peer);

        assertThat(LoopbackRequest.matches(request)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.2", "::1", "0:0:0:0:0:0:0:1"})
    void matchesAPeerOnThisMachine(String peer) {
        request.addHeader("Host", "localhost");
        request.setRemoteAddr(peer);

        assertThat(LoopbackRequest.matches(request)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site", "", "SAME-ORIGIN", "unknown"})
    void rejectsWhatAnotherSitesPageAskedFor(String site) {
        request.addHeader("Host", "localhost");
        request.addHeader("Sec-Fetch-Site", site);

        assertThat(LoopbackRequest.matches(request)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"same-origin", "none"})
    void matchesThePagesOfTheServiceItself(String site) {
        request.addHeader("Host", "localhost");
        request.addHeader("Sec-Fetch-Site", site);

        assertThat(LoopbackRequest.matches(request)).isTrue();
    }
}
