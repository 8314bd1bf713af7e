/** What happened to invitations. */
@NullMarked
package io.guildhall.domain.invitation.events;

import org.jspecify.annotations.NullMarked;
