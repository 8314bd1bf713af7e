/** A request that can be carried out again: what it makes up, and what of it is done. */
@NullMarked
package io.guildhall.api.turn;

import org.jspecify.annotations.NullMarked;
