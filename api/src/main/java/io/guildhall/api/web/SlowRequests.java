package io.guildhall.api.web;

import io.guildhall.api.ending.GentleProtocol;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Ends connections on which the head of a request takes too long to arrive, as {@link BodyLimit} does for the body, and those on which
 * nothing of an answer is taken, as {@link AnswerLimit} does for too little. Tomcat's own limits begin anew with each byte.
 */
@Component
class SlowRequests implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private final ServletWebServerApplicationContext context;
    private final RequestProperties properties;

    SlowRequests(ServletWebServerApplicationContext context, RequestProperties properties) {
        this.context = context;
        this.properties = properties;
    }

    @Override
    public void customize(TomcatServletWebServerFactory tomcat) {
        tomcat.addConnectorCustomizers(connector -> {
            if (connector.getProtocolHandler() instanceof GentleProtocol protocol) {
                protocol.closeUnread(properties.unread());
            }
        });
    }

    /** At a rate, as {@link AnswerLimit} does. */
    @Scheduled(fixedRate = 1_000)
    void end() {
        if (context.getWebServer() instanceof TomcatWebServer server
                && server.getTomcat().getConnector().getProtocolHandler() instanceof GentleProtocol protocol) {
            protocol.closeSlow(properties.head());
        }
    }
}
