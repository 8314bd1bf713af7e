/** Remembers who belongs where. */
@NullMarked
package io.guildhall.query.membership;

import org.jspecify.annotations.NullMarked;
