package io.guildhall.api.security;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Access to the metrics.
 *
 * @param key a secret by which a Prometheus is known, good for reading the metrics and for nothing else; without it they are read
 *     with the operators' key
 */
@ConfigurationProperties("guildhall.metrics")
record MetricsProperties(@Nullable String key) {

    /** Without the secret. */
    @Override
    public String toString() {
        return "MetricsProperties[]";
    }
}
