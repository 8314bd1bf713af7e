/** Keeps events that a projection could not take, and those behind them in the same stream, from standing in everybody's way. */
@NullMarked
package io.guildhall.query.deadletter;

import org.jspecify.annotations.NullMarked;
