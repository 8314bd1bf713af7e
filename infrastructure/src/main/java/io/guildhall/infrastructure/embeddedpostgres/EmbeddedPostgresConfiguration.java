package io.guildhall.infrastructure.embeddedpostgres;

import io.guildhall.infrastructure.datadirectory.DataDirectory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;

@Configuration(proxyBeanMethods = false)
@Conditional(EmbeddedPostgresConfiguration.NoDataSourceUrl.class)
class EmbeddedPostgresConfiguration {

    /** Stops after the connection pool is closed, because the pool depends on it. */
    @Bean
    EmbeddedPostgresServer embeddedPostgresServer(DataDirectory directory) {
        return EmbeddedPostgresServer.start(directory.files());
    }

    static final class NoDataSourceUrl implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return DataDirectory.hasEmbeddedDatabase(context.getEnvironment());
        }
    }
}
