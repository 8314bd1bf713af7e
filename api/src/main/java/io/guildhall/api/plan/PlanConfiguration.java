package io.guildhall.api.plan;

import io.guildhall.query.activity.Retention;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Tells the query side what it needs of the catalogue. */
@Configuration(proxyBeanMethods = false)
class PlanConfiguration {

    @Bean
    Retention retention(ConfiguredPlanCatalog catalogue) {
        return catalogue.retention();
    }
}
