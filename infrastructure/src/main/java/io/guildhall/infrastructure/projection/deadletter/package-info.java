/** Dead letters: events that a processing group could not handle, and those behind them in the same trail. Other events go on. */
@NullMarked
package io.guildhall.infrastructure.projection.deadletter;

import org.jspecify.annotations.NullMarked;
