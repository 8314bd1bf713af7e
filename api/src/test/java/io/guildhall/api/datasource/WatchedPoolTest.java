package io.guildhall.api.datasource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.guildhall.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WatchedPoolTest {

    private final HikariDataSource hikari = new HikariDataSource();
    private WatchedPool pool;

    @BeforeEach
    void start() {
        TestDatabase database = TestDatabase.empty();
        hikari.setJdbcUrl(database.url());
        hikari.setUsername(database.username());
        hikari.setPassword(database.password());
        hikari.setMaximumPoolSize(2);
        pool = new WatchedPool(hikari);
    }

    @AfterEach
    void end() {
        hikari.close();
    }

    @Test
    void refusesAtOnceWhileTheDatabaseIsAway() throws Exception {
        pool.getConnection().close();
        pool.reach().lose("it is dark");

        assertThatThrownBy(pool::getConnection)
                .isInstanceOf(SQLTransientConnectionException.class)
                .hasMessageContaining("it is dark");

        pool.reach().regain();
        try (Connection connection = pool.getConnection()) {
            assertThat(connection.isValid(5)).isTrue();
        }
    }

    @Test
    void letsNobodyWaitForAnAnswerThatDoesNotCome() throws Exception {
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
                Connection connection = pool.getConnection()) {
            Future<?> waiting = callers.submit(() -> {
                try (var statement = connection.createStatement()) {
                    return statement.execute("select pg_sleep(60)");
                }
            });
            Thread.sleep(Duration.ofMillis(300));

            pool.abandon();

            assertThatThrownBy(waiting::get).hasCauseInstanceOf(SQLException.class);
        }
        try (Connection next = pool.getConnection()) {
            assertThat(next.isValid(5)).isTrue();
        }
    }

    @Test
    void makesConnectionsAgainAtTheReturn() throws Exception {
        pool.reach().lose("away");
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Connection> made = callers.submit(() -> pool.connections().getConnection());
            Thread.sleep(Duration.ofMillis(100));
            assertThat(made.isDone()).isFalse();

            pool.reach().regain();

            try (Connection connection = made.get()) {
                assertThat(connection.isValid(5)).isTrue();
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
        }
    }
}
