package io.guildhall.infrastructure.embeddedpostgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.infrastructure.datadirectory.DataDirectoryConfiguration;
import io.guildhall.infrastructure.encryption.EncryptionConfiguration;
import io.guildhall.testing.TestDatabase;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.simple.JdbcClient;

class EmbeddedPostgresConfigurationTest {

    @TempDir
    private Path directory;

    private ApplicationContextRunner application;

    @BeforeEach
    void nameAHome() {
        application = new ApplicationContextRunner()
                .withUserConfiguration(
                        DataDirectoryConfiguration.class,
                        EmbeddedPostgresConfiguration.class,
                        EncryptionConfiguration.class)
                .withConfiguration(AutoConfigurations.of(
                        DataSourceAutoConfiguration.class,
                        FlywayAutoConfiguration.class,
                        JdbcTemplateAutoConfiguration.class,
                        JdbcClientAutoConfiguration.class))
                .withPropertyValues(
                        "guildhall.home=" + directory.resolve("home"),
                        "spring.flyway.locations=classpath:db/migration/write,classpath:db/migration/query");
    }

    @Test
    void putsTheDatabaseIntoTheHome() {
        application.run(context -> {
            assertThat(context).hasSingleBean(EmbeddedPostgresServer.class);
            assertThat(context.getBean(JdbcClient.class)
                            .sql("show data_directory")
                            .query(String.class)
                            .single())
                    .isEqualTo(directory.resolve("home/database").toString());
        });
    }

    @Test
    void usesTheDatabaseThatItIsGiven() {
        on(TestDatabase.migrated())
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(EmbeddedPostgresServer.class)
                        .hasSingleBean(JdbcClient.class));
        assertThat(directory.resolve("home/database")).doesNotExist();
    }

    @Test
    void refusesAnotherMasterKeyThanTheFirst() {
        ApplicationContextRunner shared = on(TestDatabase.migrated());

        shared.withPropertyValues("guildhall.master-key=" + key('a'))
                .run(context -> assertThat(context).hasNotFailed());
        shared.withPropertyValues("guildhall.master-key=" + key('a'))
                .run(context -> assertThat(context).hasNotFailed());
        shared.withPropertyValues("guildhall.master-key=" + key('b'))
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(FailureAnalyzedException.class)
                        .hasMessageContaining("not the one that encrypts this database"));
    }

    @Test
    void makesNoMasterKeyForADatabaseThatIsInUse() {
        ApplicationContextRunner shared = on(TestDatabase.migrated());
        shared.run(context -> assertThat(context).hasNotFailed());
        Path key = directory.resolve("home/master.key");
        assertThat(key).exists();

        shared.withPropertyValues("guildhall.home=" + directory.resolve("another"))
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(FailureAnalyzedException.class)
                        .hasMessageContaining("master key is missing"));
        assertThat(directory.resolve("another/master.key")).doesNotExist();
    }

    private ApplicationContextRunner on(TestDatabase database) {
        return application.withPropertyValues(
                "spring.datasource.url=" + database.url(),
                "spring.datasource.username=" + database.username(),
                "spring.datasource.password=" + database.password());
    }

    private static String key(char letter) {
        return Base64.getEncoder()
                .encodeToString(String.valueOf(letter).repeat(32).getBytes());
    }
}
