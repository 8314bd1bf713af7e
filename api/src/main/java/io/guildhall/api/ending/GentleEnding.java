package io.guildhall.api.ending;

import io.guildhall.api.datadirectory.DataDirectory;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.apache.coyote.ProtocolHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Ends a process in steps, each of which leaves time for others to notice the one before. Its readiness says 503, which Boot has seen to
 * before; for a while it goes on as before, only that every answer closes its connection; then it accepts no more connections,
 * and what is followed or sent for long is ended; when the last answer is out, the rest of it may be stopped.
 */
@Component
@EnableConfigurationProperties(EndingProperties.class)
class GentleEnding implements WebServerFactoryCustomizer<TomcatServletWebServerFactory>, SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(GentleEnding.class);

    /** In which a connection that was accepted last, or on which a stream has just ended, gets to its last request. */
    private static final Duration LAST_REQUESTS = Duration.ofSeconds(1);

    /** In which an export that has to end comes to the end of its page. */
    private static final Duration AFTER_THE_LAST_PAGE = Duration.ofSeconds(3);

    private static final Duration LONGEST_ACCEPTING = Duration.ofSeconds(5);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

    private final ApplicationContext context;
    private final DataDirectory home;
    private final EndingProperties properties;
    private final LongAnswers longAnswers;
    private volatile @Nullable GentleProtocol protocol;
    private volatile boolean running;

    GentleEnding(ApplicationContext context, DataDirectory home, EndingProperties properties, LongAnswers longAnswers) {
        this.context = context;
        this.home = home;
        this.properties = properties;
        this.longAnswers = longAnswers;
    }

    @Override
    public void customize(TomcatServletWebServerFactory tomcat) {
        tomcat.setProtocol(GentleProtocol.class.getName());
        tomcat.addConnectorCustomizers(connector -> {
            ProtocolHandler handler = connector.getProtocolHandler();
            protocol = handler instanceof GentleProtocol gentle ? gentle : null;
        });
    }

    /** Before anything is stopped, and before what is done by the clock ceases. */
    @EventListener
    @Order(Ordered.HIGHEST_PRECEDENCE)
    void drain(ContextClosedEvent closing) throws InterruptedException {
        GentleProtocol http = protocol;
        if (closing.getApplicationContext() != context || http == null || !running) {
            return;
        }
        Duration drain = properties.drain(DataDirectory.hasEmbeddedDatabase(context.getEnvironment()));
        http.closeConnectionsAfterTheirNextAnswer();
        if (!drain.isZero()) {
            LOG.info("Stopping: no longer ready, and serving for another {} s", drain.toSeconds());
            Thread.sleep(drain);
        }
        http.acceptNoMore(LONGEST_ACCEPTING);
        longAnswers.endWithin(properties.finish());
    }

    @Override
    public void start() {
        running = true;
    }

    /** What is followed has been ended by then. Connections that are left when this returns have nothing under way. */
    @Override
    public void stop() {
        running = false;
        GentleProtocol http = protocol;
        if (http != null) {
            try {
                if (!properties
                        .drain(DataDirectory.hasEmbeddedDatabase(context.getEnvironment()))
                        .isZero()) {
                    await(LAST_REQUESTS, http::hasConnections);
                }
                await(properties.finish().plus(AFTER_THE_LAST_PAGE), http::isAnswering);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** After those who end what is followed, and before Boot makes Tomcat refuse. */
    @Override
    public int getPhase() {
        return SmartLifecycle.DEFAULT_PHASE - 512;
    }

    private static void await(Duration atMost, BooleanSupplier goesOn) throws InterruptedException {
        long until = System.nanoTime() + atMost.toNanos();
        while (goesOn.getAsBoolean() && System.nanoTime() < until) {
            Thread.sleep(BETWEEN_LOOKS);
        }
    }
}
