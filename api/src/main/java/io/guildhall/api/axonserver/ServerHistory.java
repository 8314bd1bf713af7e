package io.guildhall.api.axonserver;

import io.guildhall.query.rebuild.StoredEvents;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.LongFunction;
import javax.sql.DataSource;

/** The events of an Axon Server, as far as the read models have come: what they have not, they get afterwards. */
public final class ServerHistory implements StoredEvents {

    private final ServerEvents events;
    private final DataSource dataSource;

    public ServerHistory(ServerEvents events, DataSource dataSource) {
        this.events = events;
        this.dataSource = dataSource;
    }

    @Override
    public List<Stored> read(long after, long upTo, int atMost) {
        return events.read(after, upTo, atMost);
    }

    /** A batch begins with the position, which this holds: once it is had, no batch is under way. Appends go on. */
    @Override
    public <R> R whileSettled(LongFunction<R> work) {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("select position from read_models_position for update")) {
                return work.apply(row.next() ? row.getLong(1) : 0);
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The position of the read models cannot be held", e);
        }
    }
}
