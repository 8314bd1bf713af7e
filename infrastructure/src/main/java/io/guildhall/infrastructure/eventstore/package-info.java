/** Keeps what the domain decides: the events in PostgreSQL, aggregates between commands, the keys of personal data. */
@NullMarked
package io.guildhall.infrastructure.eventstore;

import org.jspecify.annotations.NullMarked;
