package io.guildhall.query.rebuild;

/** Whether somebody is being served, whom a rebuild gives way to. */
@FunctionalInterface
public interface Demand {

    /** Asked often. */
    boolean isThere();
}
