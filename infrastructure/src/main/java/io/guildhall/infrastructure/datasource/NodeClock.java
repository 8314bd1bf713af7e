package io.guildhall.infrastructure.datasource;

import java.time.Instant;

/** The clock of this node, which may be wrong. Everything that other nodes or the database compare uses {@link DatabaseClock}. */
@FunctionalInterface
public interface NodeClock {

    NodeClock SYSTEM = Instant::now;

    Instant instant();
}
