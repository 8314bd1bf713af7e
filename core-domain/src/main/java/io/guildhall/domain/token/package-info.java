/** API tokens of an organization. A token works as long as the membership of its creator. */
@NullMarked
package io.guildhall.domain.token;

import org.jspecify.annotations.NullMarked;
