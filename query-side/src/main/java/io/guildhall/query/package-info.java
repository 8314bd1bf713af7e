/** Remembers: what the events amount to, kept in PostgreSQL for reading. */
@NullMarked
package io.guildhall.query;

import org.jspecify.annotations.NullMarked;
