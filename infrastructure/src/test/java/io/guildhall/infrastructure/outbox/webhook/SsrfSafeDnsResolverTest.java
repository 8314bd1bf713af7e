package io.guildhall.infrastructure.outbox.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SsrfSafeDnsResolverTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "10.1.2.3",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.255.254",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.192",
                "192.168.1.1",
                "198.18.0.1",
                "224.0.0.1",
                "239.255.255.250",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "::127.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b:1::1",
                "100::1",
                "2001::1",
                "2001:db8::1",
                "2002:7f00:1::",
                "fc00::1",
                "fd00:ec2::254",
                "fe80::1",
                "fec0::1",
                "ff02::1"
            })
    void doNotLetThrough(String address) {
        assertThat(SsrfSafeDnsResolver.isPublic(InetAddress.ofLiteral(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.169.0.1",
                "223.255.255.255",
                "2606:4700:4700::1111",
                "2a00:1450:4001:800::200e"
            })
    void letThroughWhatIsPublic(String address) {
        assertThat(SsrfSafeDnsResolver.isPublic(InetAddress.ofLiteral(address))).isTrue();
    }

    /** However it is written down: what counts is what the look-up makes of it. */
    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "[::1]", "::ffff:127.0.0.1"})
    void lookUpNamesThatMeanThisMachine(String host) throws Exception {
        var addresses = new SsrfSafeDnsResolver(WebhookTestProperties.properties(false));
        assertThatThrownBy(() -> addresses.resolve(host))
                .isInstanceOf(SsrfSafeDnsResolver.ForbiddenAddressException.class);
        assertThat(new SsrfSafeDnsResolver(WebhookTestProperties.properties(true)).resolve(host))
                .isNotEmpty();
    }
}
