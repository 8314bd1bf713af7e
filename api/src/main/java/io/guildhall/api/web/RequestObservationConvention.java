package io.guildhall.api.web;

import io.guildhall.infrastructure.observability.LogContext;
import io.guildhall.infrastructure.observability.Tracing;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.ObservationPredicate;
import org.slf4j.MDC;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.observation.DefaultServerRequestObservationConvention;
import org.springframework.http.server.observation.ServerRequestObservationContext;
import org.springframework.http.server.observation.ServerRequestObservationConvention;

/** What is said of a request where it is timed and traced: its route and its ids, not its path, which may hold a mailed link's id. */
@Configuration(proxyBeanMethods = false)
class RequestObservationConvention {

    private static final String[] IDS = {LogContext.REQUEST, LogContext.ACTOR, LogContext.TOKEN, LogContext.ORGANIZATION
    };

    @Bean
    ServerRequestObservationConvention requestConvention(Tracing tracing) {
        return new DefaultServerRequestObservationConvention() {

            /** Of the span alone. */
            @Override
            public KeyValues getHighCardinalityKeyValues(ServerRequestObservationContext context) {
                KeyValues ids = KeyValues.empty();
                if (tracing.areOn()) {
                    for (String id : IDS) {
                        String value = MDC.get(id);
                        ids = value == null ? ids : ids.and("guildhall." + id, value);
                    }
                }
                return ids;
            }
        };
    }

    /** Health probes and metrics would be most of the observations of an idle service. */
    @Bean
    ObservationPredicate nothingOfTheActuator() {
        return (name, context) -> !(context instanceof ServerRequestObservationContext request
                && request.getCarrier() != null
                && request.getCarrier().getRequestURI().startsWith("/actuator/"));
    }
}
