/** What happened to memberships. */
@NullMarked
package io.guildhall.domain.membership.events;

import org.jspecify.annotations.NullMarked;
