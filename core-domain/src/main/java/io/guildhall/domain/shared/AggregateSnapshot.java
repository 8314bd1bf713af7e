package io.guildhall.domain.shared;

/**
 * The state of an aggregate after one of its events, as a record. Contains personal data only encrypted or hashed, as
 * in events.
 *
 * <p>A stored snapshot of another revision is ignored. Changed components change the revision automatically; raise
 * {@code @Revision} if a component changes its meaning only.
 */
public interface AggregateSnapshot {}
