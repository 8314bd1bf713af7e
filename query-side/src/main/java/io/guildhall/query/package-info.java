/** Read models in PostgreSQL: projections that update them and queries that read them. */
@NullMarked
package io.guildhall.query;

import org.jspecify.annotations.NullMarked;
