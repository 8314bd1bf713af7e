package io.guildhall.infrastructure.observability;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What there is only where traces go somewhere. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(TracingAutoConfigurationFilter.ENDPOINT)
class TracingConfiguration {

    @Bean
    TracedHandlers tracedHandlers(Tracing tracing) {
        return new TracedHandlers(tracing);
    }
}
