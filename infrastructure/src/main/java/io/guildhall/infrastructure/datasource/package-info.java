/** Checks of the database at the start, and its clock. */
@NullMarked
package io.guildhall.infrastructure.datasource;

import org.jspecify.annotations.NullMarked;
