/** How projections write: rows collected over a unit of work, sent in batches. */
@NullMarked
package io.guildhall.infrastructure.projection;

import org.jspecify.annotations.NullMarked;
