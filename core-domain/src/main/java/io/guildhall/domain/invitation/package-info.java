/** Invitations of an organization: who may come, until when. */
@NullMarked
package io.guildhall.domain.invitation;

import org.jspecify.annotations.NullMarked;
