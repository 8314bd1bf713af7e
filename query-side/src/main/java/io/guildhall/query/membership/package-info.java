/** Read model of memberships. */
@NullMarked
package io.guildhall.query.membership;

import org.jspecify.annotations.NullMarked;
