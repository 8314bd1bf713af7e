/** Read model of invitations, for organizations and invited users. */
@NullMarked
package io.guildhall.query.invitation;

import org.jspecify.annotations.NullMarked;
