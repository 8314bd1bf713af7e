package io.guildhall.infrastructure.projection.rebuild;

/** Whether this node serves requests. A rebuild slows down while it does. */
@FunctionalInterface
public interface ForegroundLoad {

    /** Called often; must be cheap. */
    boolean isThere();
}
