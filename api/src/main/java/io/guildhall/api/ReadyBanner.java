package io.guildhall.api;

import io.guildhall.api.home.Home;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;

/** Says, once the service answers, where to go next. */
@Component
class ReadyBanner {

    private static final Logger LOG = LoggerFactory.getLogger(ReadyBanner.class);

    private final Environment environment;
    private final Home home;

    ReadyBanner(Environment environment, Home home) {
        this.environment = environment;
        this.home = home;
    }

    @EventListener(ApplicationReadyEvent.class)
    void show() {
        String port = environment.getProperty("local.server.port");
        if (port == null) {
            return;
        }
        String service = "http://localhost:" + port;
        LOG.info("""
                Guildhall is ready.

                  Service       {}
                  Console       {}/
                  API document  {}/v3/api-docs
                  Database      {}
                  Home          {}
                  Mail          {}

                  Sign up:      curl {}/v1/account/signup -H 'Content-Type: application/json' \\
                                  -d '{"name":"Ada","email":"ada@example.com","password":"correct horse battery"}'
                  Stop:         Ctrl-C
                """, service, service, service, database(), home.path(), mail(), service);
    }

    private String database() {
        String url = environment.getProperty("spring.datasource.url");
        // Its query may carry a password.
        return StringUtils.hasText(url)
                ? url.replaceFirst("[?].*", "")
                : "embedded, in " + home.path().resolve("database");
    }

    private String mail() {
        String host = environment.getProperty("spring.mail.host");
        return StringUtils.hasText(host)
                ? "by SMTP through %s:%s".formatted(host, environment.getProperty("spring.mail.port", "25"))
                : "files in " + home.path().resolve("mail");
    }
}
