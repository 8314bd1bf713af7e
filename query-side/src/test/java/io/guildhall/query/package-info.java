/** Test support for projections and queries. */
@NullMarked
package io.guildhall.query;

import org.jspecify.annotations.NullMarked;
