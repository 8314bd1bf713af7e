package io.guildhall.cli.startup;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Rejects unknown properties under {@code guildhall} from any source. A misspelt limit or key would otherwise be ignored silently.
 */
final class UnknownPropertyListener implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

    private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("guildhall");

    /** Kubernetes sets such variables in each container for a Service that is named guildhall. */
    private static final Pattern OF_KUBERNETES = Pattern.compile("guildhall\\.(service|port)\\b.*");

    /** Runs after the start of logging, so that the error is printed. */
    @Override
    public int getOrder() {
        return LoggingApplicationListener.DEFAULT_ORDER + 1;
    }

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        require(event.getEnvironment());
    }

    static void require(ConfigurableEnvironment environment) {
        KnownProperties known = null;
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (source instanceof IterableConfigurationPropertySource names) {
                for (ConfigurationPropertyName name :
                        names.stream().filter(PREFIX::isAncestorOf).toList()) {
                    known = known == null ? KnownProperties.load() : known;
                    if (!known.contains(name) && !isKnownVariable(source, name, known)) {
                        throw unknown(name, source.getConfigurationProperty(name), known);
                    }
                }
            }
        }
    }

    private static boolean isKnownVariable(
            ConfigurationPropertySource source, ConfigurationPropertyName name, KnownProperties known) {
        return source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource
                && (known.containsVariable(name)
                        || OF_KUBERNETES.matcher(name.toString()).matches());
    }

    private static FailureAnalyzedException unknown(
            ConfigurationPropertyName name, @Nullable ConfigurationProperty found, KnownProperties known) {
        String nearest = known.nearest(name);
        return new FailureAnalyzedException(
                "There is no property %s%s."
                        .formatted(name, found == null || found.getOrigin() == null ? "" : ": " + found.getOrigin()),
                "%sAll properties are in docs/operating.md."
                        .formatted(nearest == null ? "" : "Did you mean %s? ".formatted(nearest)));
    }
}
