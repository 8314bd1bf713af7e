/** Rebuilds projections from all events during operation: fills shadow tables, compares them with those in use and swaps them in one transaction. */
@NullMarked
package io.guildhall.infrastructure.projection.rebuild;

import org.jspecify.annotations.NullMarked;
