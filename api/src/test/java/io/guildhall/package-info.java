/** Tests of the whole. */
@NullMarked
package io.guildhall;

import org.jspecify.annotations.NullMarked;
