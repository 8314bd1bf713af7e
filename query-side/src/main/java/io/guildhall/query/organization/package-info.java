/** Remembers organizations, their billing information and what they sum up to. */
@NullMarked
package io.guildhall.query.organization;

import org.jspecify.annotations.NullMarked;
