package io.guildhall.infrastructure.projection.rebuild;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** A view of the database that stays as it was at {@link #hold}, whatever is written afterwards. */
final class ReadSnapshot implements AutoCloseable {

    private final Connection connection;
    private final JdbcTemplate jdbc;

    ReadSnapshot(DataSource dataSource) {
        try {
            connection = dataSource.getConnection();
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setReadOnly(true);
            // Comparing two large tables takes longer than any request may.
            connection.setNetworkTimeout(Runnable::run, 0);
        } catch (SQLException e) {
            throw new IllegalStateException("No connection for comparing", e);
        }
        jdbc = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
    }

    /** The first statement takes the snapshot. */
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
            throw new IllegalStateException("The snapshot's connection cannot be given back", e);
        }
    }
}
