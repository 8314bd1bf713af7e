package io.guildhall.api.shutdown;

import io.guildhall.infrastructure.datadirectory.DataDirectory;
import java.time.Duration;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Serves for a while after SIGTERM. The readiness answers 503 by then, so that balancers take the node out of use, and each response closes
 * its connection. Spring Boot's graceful shutdown follows.
 */
@Component
@EnableConfigurationProperties(ShutdownProperties.class)
class ShutdownDrain implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private static final Logger LOG = LoggerFactory.getLogger(ShutdownDrain.class);

    private final ConfigurableApplicationContext context;
    private final Duration drain;
    private volatile @Nullable AbstractHttp11Protocol<?> http;

    ShutdownDrain(ConfigurableApplicationContext context, ShutdownProperties properties) {
        this.context = context;
        this.drain = properties.drain(DataDirectory.hasEmbeddedDatabase(context.getEnvironment()));
    }

    @Override
    public void customize(TomcatServletWebServerFactory tomcat) {
        tomcat.addConnectorCustomizers(connector ->
                http = connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> protocol ? protocol : null);
    }

    /** Before anything is stopped. */
    @EventListener
    @Order(Ordered.HIGHEST_PRECEDENCE)
    void drain(ContextClosedEvent closing) throws InterruptedException {
        AbstractHttp11Protocol<?> protocol = http;
        if (closing.getApplicationContext() == context && context.isRunning() && protocol != null) {
            protocol.setMaxKeepAliveRequests(1);
            if (!drain.isZero()) {
                LOG.info("Stopping: no longer ready, and serving for another {} s", drain.toSeconds());
                Thread.sleep(drain);
            }
        }
    }
}
