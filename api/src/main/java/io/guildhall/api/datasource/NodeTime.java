package io.guildhall.api.datasource;

import java.time.Instant;

/** The clock of this node, which may be wrong. */
@FunctionalInterface
public interface NodeTime {

    Instant instant();
}
