package io.guildhall.domain.shared;

/** An aggregate that can be restored from a snapshot: it handles the snapshot that it makes as if that were its first event. */
public interface Snapshottable {

    AggregateSnapshot snapshot();
}
