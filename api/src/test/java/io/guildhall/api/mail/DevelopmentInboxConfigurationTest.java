package io.guildhall.api.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.query.user.PublicUrl;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties.ForwardHeadersStrategy;

class DevelopmentInboxConfigurationTest {

    private static final PublicUrl LOCAL = new PublicUrl(URI.create("http://localhost:8080"));

    @Test
    void isForAServerThatOnlyThisMachineReaches() throws Exception {
        assertThat(DevelopmentInboxConfiguration.isLocal(server("127.0.0.1"), LOCAL))
                .isTrue();
        assertThat(DevelopmentInboxConfiguration.isLocal(server("::1"), LOCAL)).isTrue();
        assertThat(DevelopmentInboxConfiguration.isLocal(server("0.0.0.0"), LOCAL))
                .isFalse();
        assertThat(DevelopmentInboxConfiguration.isLocal(server("192.0.2.1"), LOCAL))
                .isFalse();
        assertThat(DevelopmentInboxConfiguration.isLocal(new ServerProperties(), LOCAL))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://guildhall.example", "http://localhost.example", "http://192.0.2.1:8080"})
    void isNotForAServerThatIsKnownByAnotherName(String url) throws Exception {
        assertThat(DevelopmentInboxConfiguration.isLocal(server("127.0.0.1"), new PublicUrl(URI.create(url))))
                .isFalse();
    }

    @Test
    void isNotForAServerThatTrustsAProxy() throws Exception {
        ServerProperties server = server("127.0.0.1");
        server.setForwardHeadersStrategy(ForwardHeadersStrategy.NONE);
        assertThat(DevelopmentInboxConfiguration.isLocal(server, LOCAL)).isTrue();
        for (var strategy : List.of(ForwardHeadersStrategy.NATIVE, ForwardHeadersStrategy.FRAMEWORK)) {
            server.setForwardHeadersStrategy(strategy);
            assertThat(DevelopmentInboxConfiguration.isLocal(server, LOCAL)).isFalse();
        }
    }

    private static ServerProperties server(String address) throws Exception {
        var server = new ServerProperties();
        server.setAddress(InetAddress.getByName(address));
        return server;
    }
}
