package io.guildhall.infrastructure.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

class PostgresEventReaderTest {

    private static final String APPEND = """
            insert into events (event_id, stream, sequence, stream_type, event_type, payload, metadata, occurred_at)
            values (gen_random_uuid(), gen_random_uuid()::text, 0, 'User', 'none', '{}', '{}', now())
            """;

    private final DataSource database = TestDatabase.migrated().dataSource();
    private final JdbcTemplate jdbc = new JdbcTemplate(database);
    private final PostgresEventReader history =
            new PostgresEventReader(jdbc, database, EventSerializers.serializer(), EventUpcasters.chain());

    @Test
    void waitsForAnAppendThatIsUnderWay() throws Exception {
        jdbc.update(APPEND);
        long before = history.highWaterMark();
        CompletableFuture<Long> highWaterMark;
        try (Connection append = transaction(APPEND)) {
            highWaterMark = CompletableFuture.supplyAsync(history::highWaterMark);
            assertThat(highWaterMark
                            .completeOnTimeout(-1L, 300, TimeUnit.MILLISECONDS)
                            .join())
                    .isEqualTo(-1);
            highWaterMark = CompletableFuture.supplyAsync(history::highWaterMark);
            append.commit();
        }
        assertThat(highWaterMark.get(10, TimeUnit.SECONDS)).isGreaterThan(before);
    }

    /** The lock of a vacuum blocks the reader, not appends. */
    @Test
    void holdsUpNoAppendWhileItWaits() throws Exception {
        CompletableFuture<Long> highWaterMark;
        try (Connection vacuum = transaction("lock table events in share update exclusive mode")) {
            highWaterMark = CompletableFuture.supplyAsync(history::highWaterMark);
            Duration longest = Duration.ZERO;
            long end = System.nanoTime() + Duration.ofMillis(800).toNanos();
            while (System.nanoTime() < end) {
                long begun = System.nanoTime();
                jdbc.update(APPEND);
                Duration took = Duration.ofNanos(System.nanoTime() - begun);
                longest = took.compareTo(longest) > 0 ? took : longest;
            }
            assertThat(highWaterMark).isNotDone();
            assertThat(longest).isLessThan(Duration.ofSeconds(2));
            vacuum.rollback();
        }
        assertThat(highWaterMark.get(10, TimeUnit.SECONDS)).isPositive();
    }

    private Connection transaction(String statement) throws SQLException {
        Connection connection = database.getConnection();
        connection.setAutoCommit(false);
        try (Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
        return connection;
    }
}
