/** The routes of memberships. */
@NullMarked
package io.guildhall.api.membership;

import org.jspecify.annotations.NullMarked;
