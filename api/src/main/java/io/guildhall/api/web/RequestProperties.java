package io.guildhall.api.web;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How slow a caller may be, and how slow we. Between two bytes that arrive no more than {@code server.tomcat.connection-timeout} may
 * pass in any case.
 *
 * @param head in what time a request's first line and headers have to arrive, from its first byte on
 * @param body in what time its body has to
 * @param answer in what time we have to begin an answer, and after each part of it the next. What is followed is ended when nothing
 *     is sent for so long, so heart-beats come more often. Operators, who may ask for a whole trail to be checked, wait ten times as long
 * @param unread how long an answer may wait for a reader who takes none of it, or less than {@code pace}
 * @param pace how much of an answer that is waiting its reader has to take in a second
 */
@Validated
@ConfigurationProperties("guildhall.requests")
record RequestProperties(
        @DefaultValue("10s") @DurationMin(millis = 100) Duration head,
        @DefaultValue("20s") @DurationMin(millis = 100) Duration body,
        @DefaultValue("60s") @DurationMin(millis = 100) Duration answer,
        @DefaultValue("10s") @DurationMin(millis = 100) Duration unread,
        @DefaultValue("8KB") DataSize pace) {

    RequestProperties {
        if (pace.toBytes() < 1) {
            throw new IllegalArgumentException("guildhall.requests.pace must be at least 1B");
        }
    }
}
