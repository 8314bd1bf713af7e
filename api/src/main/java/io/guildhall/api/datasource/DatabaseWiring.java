package io.guildhall.api.datasource;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Instant;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the pool that Boot makes under watch. */
@Configuration(proxyBeanMethods = false)
class DatabaseWiring {

    @Bean
    NodeTime nodeTime() {
        return Instant::now;
    }

    @Bean
    static BeanPostProcessor watchedPools() {
        return new BeanPostProcessor() {

            /** Not before, when it does not yet know where an embedded database is. */
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof HikariDataSource pool && pool.getJdbcUrl() != null
                        ? new WatchedPool(pool)
                        : bean;
            }
        };
    }
}
