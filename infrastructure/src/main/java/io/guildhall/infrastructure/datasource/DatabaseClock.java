package io.guildhall.infrastructure.datasource;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.TransactionException;

/**
 * PostgreSQL's clock, which all nodes share. Each node measures by how much its own clock differs, and adds the difference. An expiry
 * that one node sets is therefore the same moment for every other node and for the database, however wrong a node's clock is.
 */
final class DatabaseClock extends Clock {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseClock.class);

    /** A larger difference is logged: the node's clock is not synchronized. */
    private static final Duration WARN_THRESHOLD = Duration.ofSeconds(1);

    private final JdbcTemplate jdbc;
    private final NodeClock node;
    private final ChronoUnit precision;
    private volatile Duration offset = Duration.ZERO;

    /** @param precision of the event store, so that an instant read back equals the instant that was written */
    DatabaseClock(JdbcTemplate jdbc, NodeClock node, ChronoUnit precision) {
        this.jdbc = jdbc;
        this.node = node;
        this.precision = precision;
        measure();
    }

    /** Keeps the last measurement if the database does not answer. */
    @Scheduled(fixedDelay = 10_000, initialDelay = 10_000)
    void measure() {
        try {
            long start = System.nanoTime();
            OffsetDateTime databaseTime = jdbc.queryForObject("select clock_timestamp()", OffsetDateTime.class);
            Instant nodeTime = node.instant();
            if (databaseTime != null) {
                adjust(
                        Duration.between(nodeTime, databaseTime.toInstant()),
                        Duration.ofNanos(System.nanoTime() - start));
            }
        } catch (DataAccessException | TransactionException unavailable) {
            LOG.debug("The database's clock cannot be read: {}", unavailable.getMessage());
        }
    }

    /** Assumes that the time was read half a round trip ago. Ignores a difference within one round trip. */
    private void adjust(Duration difference, Duration roundTrip) {
        Duration next = difference.plus(roundTrip.dividedBy(2));
        Duration change = next.minus(offset).abs();
        if (change.compareTo(roundTrip) <= 0) {
            return;
        }
        if (change.compareTo(WARN_THRESHOLD) > 0) {
            LOG.warn(
                    "The clock of this node differs from the database's by {} ms. The database's is used",
                    next.toMillis());
        }
        offset = next;
    }

    @Override
    public Instant instant() {
        return node.instant().plus(offset).truncatedTo(precision);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("Times are in UTC");
    }
}
