package io.guildhall.domain.shared;

/**
 * The state of an aggregate after one of its events: a record, from which the aggregate is restored without the events before.
 * Personal data is in it only as it is in events, encrypted or hashed.
 *
 * <p>The record's {@code @Revision} must change whenever its components, or what they mean, change. A stored snapshot of another
 * revision is ignored.
 */
public interface AggregateSnapshot {}
