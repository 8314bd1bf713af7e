/** Token buckets in PostgreSQL, which all nodes share. What they limit is decided by whoever counts. */
@NullMarked
package io.guildhall.infrastructure.ratelimit;

import org.jspecify.annotations.NullMarked;
