package io.guildhall.infrastructure.axonserver;

import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.axonframework.eventhandling.pooled.MaxSegmentProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Limits the segments that this node claims to its fair share among the nodes that reach the Axon Server. Each node
 * registers in the table {@code event_processor_nodes} when Axon asks for the limit, once per second.
 */
public final class SegmentClaims implements MaxSegmentProvider {

    private static final Logger LOG = LoggerFactory.getLogger(SegmentClaims.class);

    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private static final String REGISTER = """
            with gone as (delete from event_processor_nodes where seen_at < now() - interval '1 hour'),
                 here as (insert into event_processor_nodes (node, seen_at) values (?, now())
                          on conflict (node) do update set seen_at = excluded.seen_at)
            select 1 + count(*) from event_processor_nodes where node <> ? and seen_at > now() - interval '5 seconds'
            """;

    private static final String COUNT_OTHER_NODES =
            "select count(*) from event_processor_nodes where node <> ? and seen_at > now() - interval '5 seconds'";

    private final AxonServerEventClient events;
    private final JdbcTemplate jdbc;
    private final UUID node;
    private boolean reachable = true;
    private volatile boolean outdated;

    public SegmentClaims(AxonServerEventClient events, SegmentTokenStore segments, JdbcTemplate jdbc) {
        this.events = events;
        this.node = segments.node();
        this.jdbc = jdbc;
    }

    /** The static limit: one node may process all segments. */
    @Override
    public int getMaxSegments(String processor) {
        return Segments.COUNT;
    }

    /** Returns the current limit. A node that does not reach the Axon Server claims none. */
    @Override
    public Integer apply(String processor) {
        try {
            events.last(TIMEOUT);
            if (!reachable) {
                reachable = true;
                LOG.info("The Axon Server answers again");
            }
        } catch (AxonServerUnavailableException unavailable) {
            if (reachable) {
                reachable = false;
                LOG.warn("The Axon Server does not answer: {}", String.valueOf(unavailable.getCause()));
                leave();
            }
            return 0;
        }
        if (outdated) {
            return Objects.equals(jdbc.queryForObject(COUNT_OTHER_NODES, Integer.class, node), 0) ? Segments.COUNT : 0;
        }
        Integer nodes = jdbc.queryForObject(REGISTER, Integer.class, node, node);
        return Math.ceilDiv(Segments.COUNT, nodes == null ? 1 : nodes);
    }

    /** Leaves all segments to nodes of a later version from now on, while there are any. */
    void yieldToLaterVersion() {
        if (!outdated) {
            outdated = true;
            LOG.warn(
                    "A later version has stored an event of a type that this version does not know. Its nodes update the"
                            + " read models");
            leave();
        }
    }

    /** Unregisters this node, so that the others take over at once. */
    void leave() {
        try {
            jdbc.update("delete from event_processor_nodes where node = ?", node);
        } catch (DataAccessException failure) {
            LOG.debug("Cannot unregister this node; the other nodes take over after some seconds", failure);
        }
    }
}
