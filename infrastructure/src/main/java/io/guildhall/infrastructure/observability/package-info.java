/** Metrics of commands and appends, tracing, and logging. */
@NullMarked
package io.guildhall.infrastructure.observability;

import org.jspecify.annotations.NullMarked;
