package io.guildhall.cli.startup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.context.annotation.Import;

@ExtendWith(OutputCaptureExtension.class)
class BusyPortFailureAnalyzerTest {

    @Import(TomcatServletWebServerAutoConfiguration.class)
    static class Server {}

    @Test
    void namesTheOptionForAnotherPort(CapturedOutput output) throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            SpringApplicationBuilder application =
                    new SpringApplicationBuilder(Server.class).web(WebApplicationType.SERVLET);

            assertThat(starts(application, taken.getLocalPort())).isFalse();

            assertThat(output)
                    .contains("Port %d is in use by another program.".formatted(taken.getLocalPort()))
                    .contains("choose another port: --server.port=9000")
                    .doesNotContain("\tat ");
        }
    }

    private static boolean starts(SpringApplicationBuilder application, int port) {
        try {
            application.run("--server.port=" + port).close();
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }
}
