package io.guildhall.api.datasource;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import com.zaxxer.hikari.util.DriverDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Properties;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** The pool, which while the database is known to be away refuses at once instead of letting everybody wait for a connection. */
final class WatchedPool extends DelegatingDataSource {

    private final HikariDataSource pool;
    private final Reach reach = new Reach();
    private final Connections connections;

    WatchedPool(HikariDataSource pool) {
        super(pool);
        this.pool = pool;
        this.connections = new Connections(driver(pool, pool.getDataSourceProperties()), reach);
        pool.setDataSource(connections);
    }

    Reach reach() {
        return reach;
    }

    Connections connections() {
        return connections;
    }

    /** Whoever waits for an answer fails now, and nobody is given one of the connections that were there. */
    void abandon() {
        connections.abandon();
        HikariPoolMXBean running = pool.getHikariPoolMXBean();
        if (running != null) {
            running.softEvictConnections();
        }
    }

    /** Connections beside the pool's, with these properties in addition to its own. */
    DriverDataSource besides(Properties more) {
        var properties = new Properties();
        properties.putAll(pool.getDataSourceProperties());
        properties.putAll(more);
        return driver(pool, properties);
    }

    private static DriverDataSource driver(HikariDataSource pool, Properties properties) {
        return new DriverDataSource(
                pool.getJdbcUrl(), pool.getDriverClassName(), properties, pool.getUsername(), pool.getPassword());
    }

    @Override
    public Connection getConnection() throws SQLException {
        requireAnswers();
        return super.getConnection();
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        requireAnswers();
        return super.getConnection(username, password);
    }

    private void requireAnswers() throws SQLException {
        String lost = reach.lost();
        if (lost != null) {
            throw new SQLTransientConnectionException("The database is away: " + lost);
        }
    }
}
