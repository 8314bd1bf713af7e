package io.guildhall.api;

import io.guildhall.infrastructure.datadirectory.DataDirectory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;

/** Logs where to go next, once the service accepts requests. */
@Component
class ReadyBanner {

    private static final Logger LOG = LoggerFactory.getLogger(ReadyBanner.class);

    private final Environment environment;
    private final DataDirectory home;

    ReadyBanner(Environment environment, DataDirectory home) {
        this.environment = environment;
        this.home = home;
    }

    @EventListener(ApplicationReadyEvent.class)
    void show(ApplicationReadyEvent event) {
        String port = environment.getProperty("local.server.port");
        if (port == null) {
            return;
        }
        InetAddress address = address();
        String service = "%s://%s:%s"
                .formatted(
                        StringUtils.hasText(environment.getProperty("server.ssl.bundle")) ? "https" : "http",
                        host(address),
                        port);
        LOG.info(
                """
                Guildhall is ready, after {} s.

                  Service       {}
                  Console       {}/
                  Docs          {}/docs
                  API document  {}/v3/api-docs
                  Mails         {}
                  Database      {}
                  Home          {}
                  Reachable     {}

                  Sign up in the console, or:
                    curl {}/v1/account/signup -H 'Content-Type: application/json' \\
                      -d '{"name":"Ada","email":"ada@example.com","password":"correct horse battery"}'
                  Stop with Ctrl-C. The data stays in the home.
                """,
                seconds(event.getTimeTaken()),
                service,
                service,
                service,
                service,
                mails(service),
                database(),
                home.path(),
                reachable(address),
                service);
    }

    /** Since the main method began. */
    private static String seconds(@Nullable Duration taken) {
        return taken == null ? "?" : String.format(Locale.ROOT, "%.1f", taken.toMillis() / 1000.0);
    }

    /** Null for all interfaces. */
    private @Nullable InetAddress address() {
        try {
            String configured = environment.getProperty("server.address");
            InetAddress address = StringUtils.hasText(configured) ? InetAddress.getByName(configured) : null;
            return address == null || address.isAnyLocalAddress() ? null : address;
        } catch (UnknownHostException e) {
            throw new IllegalStateException("The service has started, so its address is known", e);
        }
    }

    private static String host(@Nullable InetAddress address) {
        if (address == null || address.isLoopbackAddress()) {
            return "localhost";
        }
        String literal = address.getHostAddress();
        return literal.contains(":") ? "[%s]".formatted(literal) : literal;
    }

    private static String reachable(@Nullable InetAddress address) {
        if (address == null) {
            return "from the network, on all interfaces";
        }
        return address.isLoopbackAddress()
                ? "from this machine only; --server.address=0.0.0.0 opens it to the network"
                : "from the network, at " + address.getHostAddress();
    }

    private String database() {
        String url = environment.getProperty("spring.datasource.url");
        // Its query may carry a password.
        return StringUtils.hasText(url)
                ? url.replaceFirst("[?].*", "")
                : "embedded, in " + home.path().resolve(DataDirectory.DATABASE);
    }

    private String mails(String service) {
        String host = environment.getProperty("spring.mail.host");
        return StringUtils.hasText(host)
                ? "sent through %s:%s".formatted(host, environment.getProperty("spring.mail.port", "25"))
                : "%s/console/inbox (not sent: files in %s)"
                        .formatted(service, home.path().resolve("mail"));
    }
}
