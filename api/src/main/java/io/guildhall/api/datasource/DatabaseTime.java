package io.guildhall.api.datasource;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * The one source of time of all nodes: the database's clock. Each node measures by how much its own clock differs, and adds that. So
 * an expiry that one node sets is the same moment to every other node and to the database, however wrong a node's clock is.
 */
@Component
public class DatabaseTime {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseTime.class);

    /** A larger difference is worth a warning: the node's clock is not synchronized. */
    private static final Duration REMARKABLE = Duration.ofSeconds(1);

    private final JdbcTemplate jdbc;
    private final NodeTime node;
    private volatile Duration ahead = Duration.ZERO;

    DatabaseTime(JdbcTemplate jdbc, NodeTime node) {
        this.jdbc = jdbc;
        this.node = node;
        measure();
    }

    /** Measures anew. Without a database the last measurement stays. */
    @Scheduled(fixedDelay = 10_000, initialDelay = 10_000)
    final void measure() {
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

    /** The answer is as old as half the round trip; within the round trip, the clocks may well agree already. */
    private void adjust(Duration difference, Duration roundTrip) {
        Duration next = difference.plus(roundTrip.dividedBy(2));
        if (next.minus(ahead).abs().compareTo(roundTrip) <= 0) {
            return;
        }
        if (next.minus(ahead).abs().compareTo(REMARKABLE) > 0) {
            LOG.warn(
                    "The clock of this node differs from the database's by {} ms. The database's is used",
                    next.toMillis());
        }
        ahead = next;
    }

    /** The clock to use wherever nodes must agree. */
    public Clock clock() {
        return new Clock() {
            @Override
            public Instant instant() {
                return node.instant().plus(ahead);
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                throw new UnsupportedOperationException("Times are in UTC");
            }
        };
    }
}
