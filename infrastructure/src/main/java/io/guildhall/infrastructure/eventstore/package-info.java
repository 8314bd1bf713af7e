/** Event store in PostgreSQL, aggregate repositories, snapshots and serialization. */
@NullMarked
package io.guildhall.infrastructure.eventstore;

import org.jspecify.annotations.NullMarked;
