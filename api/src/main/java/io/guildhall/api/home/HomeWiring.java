package io.guildhall.api.home;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/** The home, and the PostgreSQL in it unless {@code spring.datasource.url} names another. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HomeProperties.class)
class HomeWiring {

    @Bean
    Home home(HomeProperties properties, Environment environment) {
        return new Home(properties, holdsDatabase(environment));
    }

    private static boolean holdsDatabase(Environment environment) {
        return !StringUtils.hasText(environment.getProperty("spring.datasource.url"));
    }

    @Configuration(proxyBeanMethods = false)
    @Conditional(HoldsDatabase.class)
    static class EmbeddedDatabase {

        /** Stops after the pool is closed, because the pool is made from it. */
        @Bean
        PostgresServer postgresServer(Home home) {
            return PostgresServer.in(home.files());
        }

        @Bean
        JdbcConnectionDetails embeddedDatabaseConnection(PostgresServer server) {
            return new JdbcConnectionDetails() {

                @Override
                public String getJdbcUrl() {
                    return server.url();
                }

                @Override
                public String getUsername() {
                    return PostgresServer.USER;
                }

                @Override
                public String getPassword() {
                    return server.password();
                }
            };
        }
    }

    static final class HoldsDatabase implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return holdsDatabase(context.getEnvironment());
        }
    }
}
