package io.guildhall.domain.shared;

/** An aggregate that can be restored from a snapshot. It handles its snapshot like a first event. */
public interface Snapshottable {

    AggregateSnapshot snapshot();
}
