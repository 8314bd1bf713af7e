/** Remembers invitations, for the organization and for the invited. */
@NullMarked
package io.guildhall.query.invitation;

import org.jspecify.annotations.NullMarked;
