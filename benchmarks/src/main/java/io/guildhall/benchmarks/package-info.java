/** Measures a running service over HTTP, and beside it what the same machine could do at best. */
@NullMarked
package io.guildhall.benchmarks;

import org.jspecify.annotations.NullMarked;
