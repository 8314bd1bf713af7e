package io.guildhall.infrastructure.projection.rebuild;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** A read-only connection whose snapshot is taken by {@link #hold}. */
final class ReadSnapshot implements AutoCloseable {

    private final Connection connection;
    private final JdbcTemplate jdbc;

    ReadSnapshot(DataSource dataSource) {
        try {
            connection = dataSource.getConnection();
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setReadOnly(true);
            // Comparing two large tables takes longer than the pool's network timeout.
            connection.setNetworkTimeout(Runnable::run, 0);
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot open a connection for comparing tables", e);
        }
        jdbc = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
    }

    /** Takes the snapshot. */
    void hold() {
        jdbc.queryForObject("select 1", Integer.class);
    }

    JdbcTemplate jdbc() {
        return jdbc;
    }

    @Override
    public void close() {
        try (connection) {
            connection.rollback();
            connection.setReadOnly(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot return the connection to the pool", e);
        }
    }
}
