package io.guildhall.api.export;

import jakarta.validation.constraints.Positive;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How many exports are sent at the same time. Each keeps about a core busy.
 *
 * @param perCaller by one process to one person by all tokens and sessions, or to one organization by its tokens
 * @param atOnce by one process to all callers
 */
@Validated
@ConfigurationProperties("guildhall.exports")
record ExportProperties(
        @DefaultValue("2") @Positive int perCaller,
        @DefaultValue("8") @Positive int atOnce) {}
