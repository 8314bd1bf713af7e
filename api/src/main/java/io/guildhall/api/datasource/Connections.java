package io.guildhall.api.datasource;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * Makes the pool's connections. While the database is away it waits for its return, where the pool by itself would try ever more
 * seldom; and it knows the connections that it made, so that those who wait for an answer on them can be told that none comes.
 */
final class Connections extends AbstractDataSource {

    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final DataSource driver;
    private final Reach reach;
    private final Set<Connection> made = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    Connections(DataSource driver, Reach reach) {
        this.driver = driver;
        this.reach = reach;
    }

    @Override
    public Connection getConnection() throws SQLException {
        awaitReturn();
        return kept(driver.getConnection());
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        awaitReturn();
        return kept(driver.getConnection(username, password));
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return driver.getLoginTimeout();
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        driver.setLoginTimeout(seconds);
    }

    private void awaitReturn() throws SQLException {
        try {
            if (!reach.await(LONGEST_WAIT)) {
                throw new SQLTransientConnectionException("The database is away: " + reach.lost());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLTransientConnectionException("Interrupted while the database is away", e);
        }
    }

    private Connection kept(Connection connection) {
        made.add(connection);
        return connection;
    }

    /** Whoever waits for an answer on one of them fails now. */
    void abandon() {
        List<Connection> all;
        synchronized (made) {
            all = List.copyOf(made);
            made.clear();
        }
        for (Connection connection : all) {
            try {
                connection.abort(Runnable::run);
            } catch (SQLException e) {
                LOG.debug("A connection is not given up", e);
            }
        }
    }
}
