/** Shared test support: a PostgreSQL server. */
@NullMarked
package io.guildhall.testing;

import org.jspecify.annotations.NullMarked;
