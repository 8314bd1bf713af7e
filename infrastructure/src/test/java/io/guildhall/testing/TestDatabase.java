package io.guildhall.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A separate database on the PostgreSQL server of the test JVM, which starts on the first call and stops at its end.
 * The server is not durable; databases and their names do not outlive the JVM.
 */
public record TestDatabase(String url, String username, String password) {

    private static final AtomicInteger COUNT = new AtomicInteger();

    /** Creates an empty database. */
    public static TestDatabase empty() {
        return copyOf("template1");
    }

    /** Creates a database with all migrations of the class path. */
    public static TestDatabase migrated() {
        return copyOf(Template.NAME);
    }

    /** Connections without a pool. */
    public DataSource dataSource() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setUser(username);
        source.setPassword(password);
        return source;
    }

    /** For Spring's {@code @DynamicPropertySource}: {@code TestDatabase.empty().describeTo(registry::add)}. */
    public void describeTo(BiConsumer<String, Supplier<Object>> properties) {
        properties.accept("spring.datasource.url", () -> url);
        properties.accept("spring.datasource.username", () -> username);
        properties.accept("spring.datasource.password", () -> password);
    }

    private static TestDatabase copyOf(String template) {
        String name = "test_" + COUNT.incrementAndGet();
        // One at a time: PostgreSQL cannot copy a template that is being copied.
        synchronized (Server.POSTGRES) {
            try (var connection = Server.POSTGRES.getPostgresDatabase().getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("create database %s template %s".formatted(name, template));
            } catch (SQLException e) {
                throw new IllegalStateException("No database " + name, e);
            }
        }
        String url = Server.POSTGRES.getJdbcUrl("postgres", name);
        return new TestDatabase(
                url.substring(0, url.indexOf('?')) + "?reWriteBatchedInserts=true", "postgres", "postgres");
    }

    private static final class Server {

        private static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("max_connections", "300")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static final class Template {

        private static final String NAME = make();

        private static String make() {
            TestDatabase template = empty();
            Flyway.configure()
                    .dataSource(template.dataSource())
                    .locations("classpath:db/migration/write", "classpath:db/migration/query")
                    .load()
                    .migrate();
            return template.url.substring(template.url.lastIndexOf('/') + 1, template.url.indexOf('?'));
        }
    }
}
