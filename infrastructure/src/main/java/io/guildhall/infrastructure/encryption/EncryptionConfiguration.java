package io.guildhall.infrastructure.encryption;

import io.guildhall.infrastructure.datadirectory.DataDirectory;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Creates the key hierarchy. The service does not start without the master key that the database uses. */
@Configuration(proxyBeanMethods = false)
public class EncryptionConfiguration {

    @Bean
    @DependsOnDatabaseInitialization
    KeyHierarchy rootSecrets(DataDirectory home, JdbcClient sql) {
        try {
            if (KeyHierarchy.areMissing(sql)) {
                home.createMasterKey();
            }
            return new KeyHierarchy(home::masterKeys, home::settle, sql);
        } catch (KeyHierarchy.UnknownMasterKeyException e) {
            throw new FailureAnalyzedException(
                    "The master key is not the one that encrypts this database, or the database was rotated to another one.",
                    "Set guildhall.master-key or guildhall.previous-master-keys to that key, or put it into %s."
                            .formatted(home.path().resolve("master.key")));
        }
    }
}
