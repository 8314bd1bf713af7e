package io.guildhall.infrastructure.projection.rebuild;

/** Whether somebody is being served, whom a rebuild gives way to. */
@FunctionalInterface
public interface ForegroundLoad {

    /** Asked often. */
    boolean isThere();
}
