package io.guildhall.infrastructure.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.infrastructure.axonserver.AxonServerHealth;
import io.guildhall.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.health.contributor.Status;
import org.springframework.jdbc.datasource.AbstractDataSource;

class StoreHealthTest {

    private static final ObjectProvider<AxonServerHealth> NO_SERVER =
            new StaticListableBeanFactory().getBeanProvider(AxonServerHealth.class);

    @Test
    void isUpWhileTheDatabaseAnswers() {
        assertThat(status(TestDatabase.empty().dataSource())).isEqualTo(Status.UP);
    }

    @Test
    void isDownWhileTheDatabaseRefuses() {
        assertThat(status(new Database() {
                    @Override
                    public Connection getConnection() throws SQLException {
                        throw new SQLException("no");
                    }
                }))
                .isEqualTo(Status.DOWN);
    }

    @Test
    void answersAndAsksNoSecondTimeWhileTheDatabaseDoesNotAnswerAtAll() {
        var asked = new AtomicInteger();
        var answer = new CountDownLatch(1);
        var health = new StoreHealth(
                new Database() {
                    @Override
                    public Connection getConnection() throws SQLException {
                        asked.incrementAndGet();
                        try {
                            answer.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                        throw new SQLException("at last");
                    }
                },
                NO_SERVER);

        assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
        assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);

        assertThat(asked).hasValue(1);
        answer.countDown();
    }

    private static Status status(DataSource database) {
        return new StoreHealth(database, NO_SERVER).health().getStatus();
    }

    private abstract static class Database extends AbstractDataSource {

        @Override
        public Connection getConnection(String user, String password) throws SQLException {
            return getConnection();
        }
    }
}
