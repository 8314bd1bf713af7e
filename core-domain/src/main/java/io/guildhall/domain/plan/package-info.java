/** The plan catalogue: seats, price and retention. */
@NullMarked
package io.guildhall.domain.plan;

import org.jspecify.annotations.NullMarked;
