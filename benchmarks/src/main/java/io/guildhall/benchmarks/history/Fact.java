package io.guildhall.benchmarks.history;

import io.guildhall.domain.shared.ActorContext;
import java.time.Instant;
import java.util.UUID;

/** One event and its place. */
record Fact(UUID id, String stream, String streamType, long sequence, Object event, ActorContext act, Instant at) {}
