package io.guildhall.cli.startup;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/** Rejects a port that is in use before a database is created or started. */
final class BusyPortListener implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

    private static final String NO_SERVER = "none";

    /** Runs after the check of the names of properties. */
    @Override
    public int getOrder() {
        return LoggingApplicationListener.DEFAULT_ORDER + 2;
    }

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        Environment environment = event.getEnvironment();
        int port = environment.getProperty("server.port", Integer.class, 8080);
        if (port > 0 && !NO_SERVER.equals(environment.getProperty("spring.main.web-application-type"))) {
            require(port, environment.getProperty("server.address"));
        }
    }

    static void require(int port, @Nullable String address) {
        InetAddress local;
        try {
            local = address == null || address.isEmpty() ? null : InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            // Reported by the start of the server.
            return;
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(local, port));
        } catch (IOException e) {
            throw new PortInUseException(port, e);
        }
    }
}
