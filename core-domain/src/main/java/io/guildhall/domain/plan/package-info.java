/** The plan catalogue as the domain sees it: seats and price. */
@NullMarked
package io.guildhall.domain.plan;

import org.jspecify.annotations.NullMarked;
