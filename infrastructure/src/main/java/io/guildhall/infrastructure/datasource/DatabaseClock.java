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
    private static final Duration WARNED_FROM = Duration.ofSeconds(1);

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

    /** Without a database the last measurement stays. */
    @Scheduled(fixedDelay = 10_000, initialDelay = 10_000)
    void measure() {
        try {
            long asked = System.nanoTime();
            OffsetDateTime there = jdbc.queryForObject("select clock_timestamp()", OffsetDateTime.class);
            Instant here = node.instant();
            if (there != null) {
                adjust(Duration.between(here, there.toInstant()), Duration.ofNanos(System.nanoTime() - asked));
            }
        } catch (DataAccessException | TransactionException away) {
            LOG.debug("The database's clock cannot be read: {}", away.getMessage());
        }
    }

    /** The answer is as old as half the round trip. A difference within the round trip is no difference. */
    private void adjust(Duration difference, Duration roundTrip) {
        Duration next = difference.plus(roundTrip.dividedBy(2));
        Duration change = next.minus(offset).abs();
        if (change.compareTo(roundTrip) <= 0) {
            return;
        }
        if (change.compareTo(WARNED_FROM) > 0) {
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
