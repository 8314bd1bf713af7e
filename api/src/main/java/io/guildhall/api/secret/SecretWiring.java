package io.guildhall.api.secret;

import io.guildhall.api.datadirectory.DataDirectory;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The root secrets of the service's database; refuses to start without the master key that the database knows. */
@Configuration(proxyBeanMethods = false)
public class SecretWiring {

    @Bean
    @DependsOnDatabaseInitialization
    RootSecrets rootSecrets(DataDirectory home, JdbcClient sql) {
        try {
            if (RootSecrets.areMissing(sql)) {
                home.createMasterKey();
            }
            return new RootSecrets(home::masterKeys, home::settle, sql);
        } catch (RootSecrets.UnknownMasterKey e) {
            throw new FailureAnalyzedException(
                    "The master key is not the one that this database was begun with, or that it was rotated to.",
                    "Set guildhall.master-key or guildhall.previous-master-keys to that key, or put it into %s."
                            .formatted(home.path().resolve("master.key")));
        }
    }
}
