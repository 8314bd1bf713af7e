/** Writes the tables of projections: collects SQL over a unit of work and sends it in batches. */
@NullMarked
package io.guildhall.infrastructure.projection;

import org.jspecify.annotations.NullMarked;
