/** Verifies exports of trails without a service or a database. */
@NullMarked
package io.guildhall.cli.trail;

import org.jspecify.annotations.NullMarked;
