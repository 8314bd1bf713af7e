package io.guildhall.infrastructure.observability;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Beans that exist only if tracing is on. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(TracingAutoConfigurationFilter.ENDPOINT)
class TracingConfiguration {

    @Bean
    TracedHandlers tracedHandlers(Tracing tracing) {
        return new TracedHandlers(tracing);
    }
}
