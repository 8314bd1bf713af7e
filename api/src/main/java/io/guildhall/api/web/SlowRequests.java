package io.guildhall.api.web;

import io.guildhall.api.ending.GentleProtocol;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Ends connections on which the head of a request takes too long to arrive; {@link BodyLimit} does so for the body. Tomcat's own limits begin anew with each byte. */
@Component
class SlowRequests {

    private final ServletWebServerApplicationContext context;
    private final RequestProperties properties;

    SlowRequests(ServletWebServerApplicationContext context, RequestProperties properties) {
        this.context = context;
        this.properties = properties;
    }

    @Scheduled(fixedDelay = 1_000)
    void end() {
        if (context.getWebServer() instanceof TomcatWebServer server
                && server.getTomcat().getConnector().getProtocolHandler() instanceof GentleProtocol protocol) {
            protocol.closeSlow(properties.head());
        }
    }
}
