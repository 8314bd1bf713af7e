/** What tests of several modules share: a PostgreSQL to run against. */
@NullMarked
package io.guildhall.testing;

import org.jspecify.annotations.NullMarked;
