package io.guildhall.cli.backup;

import io.guildhall.domain.shared.PersonalDataCipher;
import io.guildhall.infrastructure.auditlog.TrailEvents;
import io.guildhall.infrastructure.datadirectory.DataDirectory;
import io.guildhall.infrastructure.embeddedpostgres.RunningEmbeddedPostgres;
import io.guildhall.infrastructure.encryption.JdbcPersonalDataCipher;
import io.guildhall.infrastructure.encryption.KeyEncryptionKeys;
import io.guildhall.infrastructure.encryption.MasterKey;
import io.guildhall.infrastructure.eventstore.EventSerializers;
import io.guildhall.infrastructure.eventstore.EventUpcasters;
import io.guildhall.infrastructure.eventstore.PostgresEventReader;
import io.guildhall.infrastructure.eventstore.PostgresTrailReader;
import io.guildhall.infrastructure.projection.rebuild.ForegroundLoad;
import io.guildhall.infrastructure.projection.rebuild.GlobalEventReader;
import io.guildhall.query.QueryConfiguration;
import io.guildhall.query.session.SessionIdleLimit;
import io.guildhall.query.user.PublicUrl;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The beans of the service that backup and restore use: the home, the database and the projections, without background work. Beans are lazy, so
 * that the commands can examine a home before any bean writes into it.
 */
@ImportAutoConfiguration({
    DataSourceAutoConfiguration.class,
    DataSourceTransactionManagerAutoConfiguration.class,
    JdbcTemplateAutoConfiguration.class,
    JdbcClientAutoConfiguration.class,
    TransactionAutoConfiguration.class
})
@ComponentScan({
    "io.guildhall.infrastructure.datadirectory",
    "io.guildhall.infrastructure.embeddedpostgres",
    "io.guildhall.infrastructure.encryption"
})
@Import(QueryConfiguration.class)
class BackupConfiguration {

    /** Properties that the commands add to those of the command line. */
    static final String[] PROPERTIES = {
        "--spring.main.lazy-initialization=true",
        "--spring.datasource.hikari.minimum-idle=1",
        "--spring.datasource.hikari.data-source-properties.socketTimeout=0"
    };

    /** @param running whether to connect to the home's database, if a service has started it, instead of starting it */
    static ConfigurableApplicationContext start(String[] properties, boolean running) {
        return new SpringApplicationBuilder(BackupConfiguration.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .initializers(context -> {
                    if (running) {
                        connectToRunningDatabase(context.getEnvironment());
                    }
                })
                .run(properties);
    }

    static Path home(ConfigurableEnvironment environment) {
        return Path.of(environment.getProperty("guildhall.home", "./.guildhall"));
    }

    private static void connectToRunningDatabase(ConfigurableEnvironment environment) {
        if (DataDirectory.hasEmbeddedDatabase(environment)) {
            Map<String, Object> running = RunningEmbeddedPostgres.properties(home(environment));
            environment.getPropertySources().addFirst(new MapPropertySource("running database", running));
        }
    }

    @Bean
    GlobalEventReader storedEvents(JdbcTemplate jdbc, DataSource dataSource) {
        return new PostgresEventReader(jdbc, dataSource, EventSerializers.serializer(), EventUpcasters.chain());
    }

    @Bean
    TrailEvents trailEvents(JdbcTemplate jdbc) {
        return new PostgresTrailReader(jdbc);
    }

    @Bean
    PersonalDataCipher personalData(JdbcTemplate jdbc, MasterKey master, KeyEncryptionKeys wrapping) {
        return new JdbcPersonalDataCipher(jdbc, master, wrapping, erased -> {});
    }

    /** No request is served meanwhile. */
    @Bean
    ForegroundLoad demand() {
        return () -> false;
    }

    /** Not used: no caller is looked up. */
    @Bean
    SessionIdleLimit sessionIdleLimit() {
        return new SessionIdleLimit(Duration.ofDays(1));
    }

    /** Not used: no link is made. */
    @Bean
    PublicUrl publicUrl() {
        return new PublicUrl(URI.create("http://localhost"));
    }
}
