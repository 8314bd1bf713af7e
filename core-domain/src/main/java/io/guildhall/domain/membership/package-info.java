/** Memberships of an organization. */
@NullMarked
package io.guildhall.domain.membership;

import org.jspecify.annotations.NullMarked;
