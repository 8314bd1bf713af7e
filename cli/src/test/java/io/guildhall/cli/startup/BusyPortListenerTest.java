package io.guildhall.cli.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.server.PortInUseException;

class BusyPortListenerTest {

    @Test
    void refusesAPortThatIsInUse() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> BusyPortListener.require(other.getLocalPort(), "127.0.0.1"))
                    .isInstanceOfSatisfying(
                            PortInUseException.class,
                            failure -> assertThat(failure.getPort()).isEqualTo(other.getLocalPort()));
        }
    }

    @Test
    void leavesAFreePortFree() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        BusyPortListener.require(port, "127.0.0.1");
        assertThatCode(() -> new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close())
                .doesNotThrowAnyException();
    }
}
