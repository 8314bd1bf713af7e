/** Members of an organization, and what ends a membership. */
@NullMarked
package io.guildhall.domain.membership;

import org.jspecify.annotations.NullMarked;
