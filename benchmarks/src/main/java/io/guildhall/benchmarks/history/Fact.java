package io.guildhall.benchmarks.history;

import io.guildhall.domain.kernel.Act;
import java.time.Instant;
import java.util.UUID;

/** One event and its place. */
record Fact(UUID id, String stream, String streamType, long sequence, Object event, Act act, Instant at) {}
