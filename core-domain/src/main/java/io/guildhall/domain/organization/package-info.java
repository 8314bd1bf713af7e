/** Organizations decide here: one aggregate, one stream, one trail. */
@NullMarked
package io.guildhall.domain.organization;

import org.jspecify.annotations.NullMarked;
