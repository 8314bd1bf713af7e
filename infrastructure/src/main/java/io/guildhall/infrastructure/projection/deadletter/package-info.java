/** Keeps events that a projection could not take, and those behind them in the same trail, from standing in everybody's way. */
@NullMarked
package io.guildhall.infrastructure.projection.deadletter;

import org.jspecify.annotations.NullMarked;
