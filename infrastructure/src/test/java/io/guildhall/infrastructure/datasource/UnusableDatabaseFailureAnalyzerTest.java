package io.guildhall.infrastructure.datasource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.guildhall.infrastructure.datadirectory.DataDirectoryConfiguration;
import io.guildhall.infrastructure.encryption.EncryptionConfiguration;
import io.guildhall.testing.TestDatabase;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An unusable database is reported in one line, with a second one on what to do. */
class UnusableDatabaseFailureAnalyzerTest {

    @TempDir
    private Path home;

    @Test
    void doesNotAnswer() throws IOException {
        String url = "jdbc:postgresql://127.0.0.1:%d/guildhall".formatted(unusedPort());

        FailureAnalysis analysis = analysis(new UnusableDatabaseFailureAnalyzer(), failure(url, "postgres"));

        assertThat(analysis.getDescription())
                .startsWith("The database cannot be used: ")
                .contains("refused")
                .doesNotContain("\n");
        assertThat(analysis.getAction()).contains("spring.datasource.url");
    }

    @Test
    void doesNotExist() {
        String url = TestDatabase.empty().url().replaceFirst("/[^/]*$", "/nowhere");

        assertThat(analysis(new UnusableDatabaseFailureAnalyzer(), failure(url, "postgres"))
                        .getDescription())
                .contains("\"nowhere\" does not exist")
                .doesNotContain("\n");
    }

    @Test
    void doesNotKnowTheUser() {
        assertThat(analysis(
                                new UnusableDatabaseFailureAnalyzer(),
                                failure(TestDatabase.empty().url(), "nobody"))
                        .getDescription())
                .contains("\"nobody\"")
                .doesNotContain("\n");
    }

    /** For example after a later version has migrated it. */
    @Test
    void hasOtherTables() {
        TestDatabase database = TestDatabase.migrated();
        JdbcClient.create(database.dataSource())
                .sql("update flyway_schema_history set checksum = 1 where version = '1'")
                .update();

        FailureAnalysis analysis =
                analysis(new IncompatibleSchemaFailureAnalyzer(), failure(database.url(), "postgres"));

        assertThat(analysis.getDescription())
                .startsWith("The database was made by another version of Guildhall")
                .contains("1")
                .doesNotContain("\n");
        assertThat(analysis.getAction()).contains("another home or database");
    }

    @Test
    void doesNotHoldEveryCharacter() {
        TestDatabase beside = TestDatabase.empty();
        JdbcClient.create(beside.dataSource())
                .sql("create database latin encoding 'LATIN1' locale 'C' template template0")
                .update();

        assertThat(failure(beside.url().replaceFirst("/[^/]*$", "/latin"), "postgres"))
                .rootCause()
                .isInstanceOf(FailureAnalyzedException.class)
                .hasMessage(
                        "The database has the encoding LATIN1, which does not hold every character: it must be UTF8.");
    }

    @Test
    void isTooOld() {
        assertThatExceptionOfType(FailureAnalyzedException.class)
                .isThrownBy(() -> DatabaseVersionCheck.require(14, "UTF8"))
                .withMessage("The database is a PostgreSQL 14, which is too old: it must be 15 or later.");
        assertThatCode(() -> DatabaseVersionCheck.require(15, "UTF8")).doesNotThrowAnyException();
    }

    private static FailureAnalysis analysis(FailureAnalyzer analyzer, Throwable failure) {
        FailureAnalysis analysis = analyzer.analyze(failure);
        assertThat(analysis).as("of %s", failure).isNotNull();
        return analysis;
    }

    private Throwable failure(String url, String user) {
        Throwable[] failure = new Throwable[1];
        new ApplicationContextRunner()
                .withUserConfiguration(
                        DataDirectoryConfiguration.class, DatabaseVersionCheck.class, EncryptionConfiguration.class)
                .withConfiguration(AutoConfigurations.of(
                        DataSourceAutoConfiguration.class,
                        FlywayAutoConfiguration.class,
                        JdbcTemplateAutoConfiguration.class,
                        JdbcClientAutoConfiguration.class))
                .withPropertyValues(
                        "guildhall.home=" + home,
                        "spring.datasource.url=" + url,
                        "spring.datasource.username=" + user,
                        "spring.datasource.password=postgres",
                        "spring.flyway.locations=classpath:db/migration/write,classpath:db/migration/query")
                .run(context -> failure[0] = context.getStartupFailure());
        assertThat(failure[0]).as("refused to start").isNotNull();
        return failure[0];
    }

    private static int unusedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
