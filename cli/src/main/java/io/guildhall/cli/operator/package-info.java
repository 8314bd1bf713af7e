/** Commands that ask a running service: operators' acts, projections, rebuilds and dead letters. */
@NullMarked
package io.guildhall.cli.operator;

import org.jspecify.annotations.NullMarked;
