/** Invitations, to those who send and to those who receive them. */
@NullMarked
package io.guildhall.api.invitation;

import org.jspecify.annotations.NullMarked;
