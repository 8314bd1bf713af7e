/** What happened to an organization as a whole, and to the set of names in use. */
@NullMarked
package io.guildhall.domain.organization.events;

import org.jspecify.annotations.NullMarked;
