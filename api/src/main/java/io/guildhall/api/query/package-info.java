/** Sends queries to the read models. */
@NullMarked
package io.guildhall.api.query;

import org.jspecify.annotations.NullMarked;
