package io.guildhall.domain.shared;

/**
 * The state of an aggregate after one of its events: a record, from which the aggregate is restored without the events before.
 * Personal data is in it only as it is in events, encrypted or hashed.
 *
 * <p>A stored snapshot of another revision is ignored. Other components are another revision by themselves; the record's
 * {@code @Revision} must change where they mean something else than before.
 */
public interface AggregateSnapshot {}
