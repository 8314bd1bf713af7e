/** Invitations of an organization. */
@NullMarked
package io.guildhall.domain.invitation;

import org.jspecify.annotations.NullMarked;
