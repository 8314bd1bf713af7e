/** Invitations, for senders and for recipients. */
@NullMarked
package io.guildhall.api.invitation;

import org.jspecify.annotations.NullMarked;
