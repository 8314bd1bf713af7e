package io.guildhall.api.telemetry;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What there is only where traces go somewhere. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(TracesWanted.ENDPOINT)
class TracingWiring {

    @Bean
    TracedHandlers tracedHandlers(Traces traces) {
        return new TracedHandlers(traces);
    }
}
