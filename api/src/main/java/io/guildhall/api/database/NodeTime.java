package io.guildhall.api.database;

import java.time.Instant;

/** The clock of this node, which may be wrong. */
@FunctionalInterface
public interface NodeTime {

    Instant instant();
}
