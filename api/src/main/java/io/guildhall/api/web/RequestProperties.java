package io.guildhall.api.web;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How slow a caller may be. Between two bytes no more than {@code server.tomcat.connection-timeout} may pass in any case.
 *
 * @param head in what time a request's first line and headers have to arrive, from its first byte on
 * @param body in what time its body has to
 */
@Validated
@ConfigurationProperties("guildhall.requests")
record RequestProperties(
        @DefaultValue("10s") @DurationMin(millis = 100) Duration head,
        @DefaultValue("20s") @DurationMin(millis = 100) Duration body) {}
