/** Requests with an {@code Idempotency-Key}: one effect, however often they are sent. */
@NullMarked
package io.guildhall.infrastructure.idempotency;

import org.jspecify.annotations.NullMarked;
