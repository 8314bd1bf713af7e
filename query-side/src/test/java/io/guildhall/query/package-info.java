/** What the tests of projections and queries share. */
@NullMarked
package io.guildhall.query;

import org.jspecify.annotations.NullMarked;
