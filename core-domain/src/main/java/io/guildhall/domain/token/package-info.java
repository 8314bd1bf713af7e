/** API tokens: made by a member, alive no longer than the membership. */
@NullMarked
package io.guildhall.domain.token;

import org.jspecify.annotations.NullMarked;
